import { setImmediate as breathe } from 'node:timers/promises'
import { type AccountKeys, openAccountKeys } from '../../accounts/index.ts'
import { inAccountSnapshot, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound } from '../../http/errors.ts'
import { genesis, hashLink, type Link } from '../chain.ts'
import { type CheckpointRow, findHead, listCheckpointsAfter, toCheckpoint } from '../checkpoints/queries.ts'
import { isGenuine } from '../checkpoints/signing.ts'
import type { Checkpoint, Verdict } from '../contract.ts'
import { type EntryRow, findAccountKey } from '../queries.ts'
import { openApart } from '../subjects.ts'
import { findEntryHash, listEntriesAfter } from './queries.ts'

const chunk = 500
const checkpointsMax = 200_000

type Fault = { readonly seq: number; readonly kind: NonNullable<Verdict['kind']> }

/** The link as it was hashed, from the row as it stands. */
export const toLink = (row: EntryRow): Link => ({
  account_id: row.account_id,
  seq: row.seq,
  at: row.at,
  section: row.section,
  action: row.action,
  actor_type: row.actor_type,
  actor_id: row.actor_id,
  on_behalf_of: row.on_behalf_of,
  subject: row.subject?.toString('hex') ?? null,
  details: row.details?.toString('hex') ?? null,
  acting_account_id: row.acting_account_id,
  object_type: row.object_type,
  object_id: row.object_id,
  result: row.result,
  reason: row.reason,
  session_hash: row.session_hash,
  request_id: row.request_id,
  amr: row.amr,
  diff: row.diff,
})

const isForged = (keys: AccountKeys, row: EntryRow): boolean =>
  openApart(keys, row.subject, row.subject_sealed).state === 'forged' ||
  openApart(keys, row.details, row.details_sealed).state === 'forged'

const judgeRow = (keys: AccountKeys, row: EntryRow, expected: number, prev: Buffer): Fault | null => {
  if (row.seq > expected) return { seq: expected, kind: 'gap' }
  if (row.seq < expected) return { seq: row.seq, kind: 'hash_mismatch' }
  const sound = row.prev_hash.equals(prev) && hashLink(toLink(row), prev).equals(row.hash)
  return sound && !isForged(keys, row) ? null : { seq: row.seq, kind: 'hash_mismatch' }
}

/** What other records of the chain say it was: made here, kept elsewhere, and signed. */
type Witness = { readonly bySeq: ReadonlyMap<number, readonly Checkpoint[]>; readonly last: number }

const gather = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  given: readonly Checkpoint[],
): Promise<{ witness: Witness; removed: CheckpointRow | null; forged: Fault | null }> => {
  const rows = await listCheckpointsAfter(trx, accountId, -1, checkpointsMax)
  const forged = rows.find((row) => !isGenuine(deps.config, toCheckpoint(row)))
  const all = [...rows.map(toCheckpoint), ...given]
  const fault: Fault | null = forged ? { seq: forged.seq, kind: 'checkpoint_mismatch' } : null
  const bySeq = Map.groupBy(all, (one) => one.seq)
  const removed = rows.findLast((row) => row.kind === 'retention') ?? null
  return { witness: { bySeq, last: Math.max(0, ...bySeq.keys()) }, removed, forged: fault }
}

const firstOf = (faults: readonly (Fault | null)[]): Fault | null =>
  faults.reduce((first, fault) => (fault && (!first || fault.seq < first.seq) ? fault : first), null)

type Walk = { checked: number; witnessed: number; last: number; fault: Fault | null }

const walk = async (
  trx: Trx,
  keys: AccountKeys,
  accountId: string,
  range: { from: number; to: number; prev: Buffer },
  witness: Witness,
): Promise<Walk> => {
  const state: Walk = { checked: 0, witnessed: 0, last: range.from - 1, fault: null }
  let prev = range.prev
  // From the very beginning also what somebody put before it.
  let position = { seq: range.from === 1 ? Number.MIN_SAFE_INTEGER : range.from - 1, at: 'infinity' }
  for (;;) {
    const rows = await listEntriesAfter(trx, accountId, position, chunk)
    for (const row of rows) {
      if (row.seq > range.to) return state
      state.fault = judgeRow(keys, row, state.last + 1, prev)
      if (state.fault) return state
      for (const checkpoint of witness.bySeq.get(row.seq) ?? []) {
        state.witnessed += 1
        if (checkpoint.hash === row.hash.toString('hex')) continue
        state.fault = { seq: row.seq, kind: 'checkpoint_mismatch' }
        return state
      }
      state.checked += 1
      state.last = row.seq
      prev = row.hash
      position = { seq: row.seq, at: row.at }
    }
    if (rows.length < chunk) return state
    await breathe()
  }
}

const startOf = async (
  trx: Trx,
  accountId: string,
  removed: CheckpointRow | null,
  fromSeq: number,
): Promise<{ from: number; prev: Buffer }> => {
  const first = (removed?.seq ?? 0) + 1
  if (fromSeq <= first) return { from: first, prev: removed?.hash ?? genesis }
  const prev = await findEntryHash(trx, accountId, fromSeq - 1)
  return prev ? { from: fromSeq, prev } : { from: fromSeq - 1, prev: genesis }
}

const verdict = (
  headSeq: number,
  walked: Pick<Walk, 'checked' | 'witnessed'>,
  fault: Fault | null,
): Verdict => ({
  ok: fault === null,
  checked: walked.checked,
  head_seq: headSeq,
  first_bad_seq: fault?.seq ?? null,
  kind: fault?.kind ?? null,
  checkpoints_checked: walked.witnessed,
})

export type VerifyRange = { readonly from_seq?: number | undefined; readonly to_seq?: number | undefined }

const verifyIn = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  range: VerifyRange,
  given: readonly Checkpoint[],
): Promise<Verdict> => {
  const sealed = await findAccountKey(trx, accountId)
  if (!sealed) throw notFound()
  const keys = openAccountKeys(deps.keys, accountId, sealed)
  const { witness, removed, forged } = await gather(trx, deps, accountId, given)
  const headSeq = (await findHead(trx, accountId))?.seq ?? 0
  const end = Math.max(headSeq, witness.last)
  const to = Math.min(range.to_seq ?? end, end)
  if ((range.from_seq ?? 1) > Math.max(end, 1)) return verdict(headSeq, { checked: 0, witnessed: 0 }, null)
  const start = await startOf(trx, accountId, removed, range.from_seq ?? 1)
  const walked = await walk(
    trx,
    keys,
    accountId,
    { ...start, to: range.to_seq ?? Number.MAX_SAFE_INTEGER },
    witness,
  )
  const cut: Fault | null =
    !walked.fault && walked.last < to ? { seq: walked.last + 1, kind: 'truncated' } : null
  const beyond: Fault | null =
    !walked.fault && walked.last > end ? { seq: end + 1, kind: 'hash_mismatch' } : null
  const inRange = forged && forged.seq >= start.from && forged.seq <= to ? forged : null
  const fault = firstOf([walked.fault, cut, beyond, inRange])
  return verdict(headSeq, walked, fault)
}

/**
 * Walks one chain from its beginning, or a part of it, and names the first record that is not as it was written.
 * `given`: checkpoints kept away from the database, with genuine signatures.
 */
export const verifyChain = (
  deps: Deps,
  accountId: string,
  range: VerifyRange = {},
  given: readonly Checkpoint[] = [],
): Promise<Verdict> =>
  inAccountSnapshot(deps.db, accountId, (trx) => verifyIn(trx, deps, accountId, range, given))
