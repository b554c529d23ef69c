import type { Trx } from '../../../db/pool.ts'
import { bucketsFor, takeAllowance } from '../limits/limits.ts'
import type { Admission, AdmissionRow, Admit, OutboundRoute } from '../outbound.ts'
import type { SourceHead } from '../sources/queries.ts'
import { type ClaimedRow, type Held, type Postponed, releaseClaims } from './queries.ts'

export const receivingDomain = (address: string): string | null =>
  address.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : null

type Later = Admission['later'][number]
type Told = { later: Later[]; elsewhere: NonNullable<Admission['elsewhere']>[number][] }

/** Asks the source for its windows, then the provider for its shaping, about whom the one before lets go. */
const ask = async (
  trx: Trx,
  admits: readonly (Admit | undefined)[],
  rows: readonly AdmissionRow[],
): Promise<Told> => {
  let asked = rows
  const told: Told = { later: [], elsewhere: [] }
  for (const admit of admits) {
    if (!admit || asked.length === 0) continue
    const { later, elsewhere = [] } = await admit(trx, asked)
    told.later.push(...later)
    told.elsewhere.push(...elsewhere)
    const gone = new Set([...later.map(({ key }) => key), ...elsewhere.flatMap(({ keys }) => keys)])
    asked = asked.filter((row) => !gone.has(row.recipientKey))
  }
  return told
}

/** What another provider's own limits have no room for is asked again this much later. */
const limitedSeconds = 5

/** Another provider has limits of its own; what it has no room for waits. */
const limitElsewhere = async (trx: Trx, accountId: string, head: SourceHead, told: Told) => {
  const byKey = new Map<string, OutboundRoute>()
  let limited = false
  for (const { route, keys } of told.elsewhere) {
    const buckets = bucketsFor({ ...head, throttlePerHour: null }, route)
    const allowance = await takeAllowance(trx, accountId, buckets, keys.length)
    limited ||= allowance.taken.length > 0
    for (const key of keys.slice(0, allowance.rows)) byKey.set(key, route)
    const factor = allowance.limitedBy ?? route.name
    told.later.push(...keys.slice(allowance.rows).map((key) => ({ key, seconds: limitedSeconds, factor })))
  }
  return { byKey, limited }
}

export type Admitted = {
  readonly rows: readonly ClaimedRow[]
  readonly elsewhere: ReadonlyMap<string, OutboundRoute>
  readonly factor: string | null
  /** Whether a share of another provider's rate was taken, which may be used for a moment only. */
  readonly limited: boolean
}

/** Which of the claimed rows go on, and by which route; what may not go now is put back with its reason. */
export const admitRows = async (
  trx: Trx,
  admits: readonly (Admit | undefined)[],
  { held, head }: { readonly held: Held; readonly head: SourceHead },
  rows: readonly ClaimedRow[],
): Promise<Admitted> => {
  if (rows.length === 0 || !admits.some(Boolean))
    return { rows, elsewhere: new Map(), factor: null, limited: false }
  const asked = rows.map((row) => ({
    recipientKey: row.recipient_key,
    messageId: row.message_id,
    domain: receivingDomain(row.address),
    lane: row.lane,
  }))
  const told = await ask(trx, admits, asked)
  const { byKey, limited } = await limitElsewhere(trx, held.accountId, head, told)
  const later = new Map(told.later.map((entry) => [entry.key, entry]))
  const postponed = rows.flatMap((row): Postponed[] => {
    const entry = later.get(row.recipient_key)
    return entry ? [{ message_id: row.message_id, seconds: entry.seconds, factor: entry.factor }] : []
  })
  const ids = postponed.map((row) => row.message_id)
  if (ids.length > 0) await releaseClaims(trx, held, ids, postponed)
  const elsewhere = new Map<string, OutboundRoute>()
  for (const row of rows) {
    const route = byKey.get(row.recipient_key)
    if (route) elsewhere.set(row.message_id, route)
  }
  return {
    rows: rows.filter((row) => !later.has(row.recipient_key)),
    elsewhere,
    factor: told.later[0]?.factor ?? null,
    limited,
  }
}
