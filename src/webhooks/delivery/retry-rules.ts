import type { EndpointRow } from '../queries.ts'

const minute = 60
const hour = 3_600

/** Waits in seconds before the second attempt, the third, and so on (api.md A7). */
const waits: Readonly<Record<EndpointRow['retry_rule'], readonly number[]>> = {
  standard: [5, minute, 5 * minute, 30 * minute, 2 * hour, 8 * hour, 24 * hour, 36 * hour],
  A: [hour, 6 * hour, 24 * hour],
  B: [30 * minute, 2 * hour, 24 * hour],
}

/** Null after the last attempt: what was not taken then is a dead letter. */
export const waitAfter = (rule: EndpointRow['retry_rule'], attempt: number): number | null =>
  waits[rule][attempt - 1] ?? null
