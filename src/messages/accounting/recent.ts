import type { Trx } from '../../db/pool.ts'
import { LRU } from '../../lib/lru.ts'
import { countAudience, countRows, type Movement, type RowCount, readMovement } from './queries.ts'

export type Counted = { readonly audience: number; readonly rows: readonly RowCount[] }

type Kept = Counted & { readonly movement: Movement; readonly until: number }

/** Smaller runs are counted whenever somebody asks. */
const keptRowsMin = 5_000
/** A count that took a second is good for twenty: counting takes a twentieth of one processor, whoever looks. */
const keptTimes = 20
const keptMsMax = 60_000

const kept = new LRU<string, Kept>(1_000)

const sumOf = (rows: readonly RowCount[], states: readonly string[]): number =>
  rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0)

const row = (state: string, n: number, delivered = 0): RowCount => ({
  state,
  reason: null,
  resolution: null,
  n,
  delivered,
})

/** The last whole count with what has been answered since; a decision at the hand-off shows with the next whole count. */
export const movedOn = (counted: Counted, before: Movement, now: Movement): Counted => {
  const grown = (name: 'accepted' | 'refused' | 'lost') => Math.max(0, now[name] - before[name])
  const settled = counted.rows.filter(({ state }) => !['planned', 'claimed', 'handed'].includes(state))
  const answered = [
    row('accepted', grown('accepted'), grown('accepted')),
    row('rejected', grown('refused')),
    row('uncertain', grown('lost')),
  ].filter(({ n }) => n > 0)
  const waiting = sumOf(counted.rows, ['planned', 'claimed', 'handed'])
  const gone = answered.reduce((sum, { n }) => sum + n, 0)
  // Rows tried again are answered more than once; nobody waits less than nobody.
  const open = Math.max(0, waiting - gone)
  const handed = Math.min(open, now.handed)
  const claimed = Math.min(open - handed, now.claimed)
  return {
    audience: counted.audience,
    rows: [
      ...settled,
      ...answered,
      row('planned', open - handed - claimed),
      row('claimed', claimed),
      row('handed', handed),
    ],
  }
}

export const countExactly = async (trx: Trx, accountId: string, sourceId: string): Promise<Counted> => ({
  audience: await countAudience(trx, accountId, sourceId),
  rows: await countRows(trx, accountId, sourceId),
})

/**
 * The counts of a run for a screen that asks every second: those of a large run are counted whole now and then, and moved on by
 * its answers in between. What decides something (is it finished? does it balance?) counts exactly.
 */
export const countForScreen = async (trx: Trx, accountId: string, sourceId: string): Promise<Counted> => {
  const since = performance.now()
  const last = kept.get(sourceId)
  if (last && last.until > since)
    return movedOn(last, last.movement, await readMovement(trx, accountId, sourceId))
  // Before the count, so that nothing is left out: what is answered in between is counted, and at most counted twice.
  const movement = await readMovement(trx, accountId, sourceId)
  const counted = await countExactly(trx, accountId, sourceId)
  const now = performance.now()
  if (sumOf(counted.rows, [...new Set(counted.rows.map(({ state }) => state))]) >= keptRowsMin) {
    const until = now + Math.min(keptMsMax, (now - since) * keptTimes)
    kept.set(sourceId, { ...counted, movement, until })
  }
  return counted
}
