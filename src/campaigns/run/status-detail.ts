import type { StatusDetail } from '../contract.ts'

const nothing: StatusDetail = {
  figure: null,
  share: null,
  limit: null,
  example: null,
  was_due: null,
  next_at: null,
  checks: [],
}

/** What a pause or hold was seen in, as the row keeps it. */
export const statusDetail = (given: Partial<StatusDetail>): string => JSON.stringify({ ...nothing, ...given })

/** A share in percent, to a tenth. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part * 1_000) / whole) / 10
