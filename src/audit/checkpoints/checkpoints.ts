import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../../http/page.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { genesis } from '../chain.ts'
import type { Checkpoint } from '../contract.ts'
import { byActor } from '../entry.ts'
import { enterAccount, listDueAccounts } from '../queries.ts'
import { record } from '../record.ts'
import {
  type CheckpointRow,
  deleteLooseSubjects,
  dropMonth,
  findHead,
  insertCheckpoint,
  isCheckpointDue,
  listCheckpointRows,
  listMonthEnds,
  listOldMonths,
  listUndelivered,
  markDelivered,
  toCheckpoint,
} from './queries.ts'
import { signCheckpoint } from './signing.ts'
import { deliverCheckpoint } from './sink.ts'

const keptMonths = 24

const signHead = async (trx: Trx, deps: Deps, accountId: string): Promise<Checkpoint> => {
  const head = await findHead(trx, accountId)
  const seq = head?.seq ?? 0
  const checkpoint = signCheckpoint(deps.config, {
    account_id: accountId,
    seq,
    hash: (head?.hash ?? genesis).toString('hex'),
    count: seq,
    at: (head?.at ?? deps.clock.now()).toISOString(),
  })
  await insertCheckpoint(trx, checkpoint, 'regular')
  return checkpoint
}

const pauseMs = minutesMs(1)
const pausedUntil = new WeakMap<Deps, Date>()

/** A sink that is away keeps nobody from working: what did not leave is tried again by the sweep. */
const deliverPending = async (deps: Deps, accountId: string): Promise<void> => {
  const now = deps.clock.now()
  if ((pausedUntil.get(deps) ?? now) > now) return
  await inAccount(deps.db, accountId, async (trx) => {
    for (const row of await listUndelivered(trx, accountId)) {
      try {
        await deliverCheckpoint(deps, toCheckpoint(row))
      } catch (cause) {
        deps.log.error({ err: cause }, 'AUDIT_CHECKPOINT_SINK: a checkpoint could not be delivered')
        pausedUntil.set(deps, addMs(now, pauseMs))
        return
      }
      await markDelivered(trx, row)
    }
  })
}

/** On demand: the record of it is the last thing the checkpoint covers. */
export const makeCheckpointNow = async (deps: Deps, actor: Actor): Promise<Checkpoint> => {
  const { accountId } = actor
  const checkpoint = await inAccount(deps.db, accountId, async (trx) => {
    await record(trx, deps, byActor(actor), { action: 'audit_log.checkpoint_made' })
    return signHead(trx, deps, accountId)
  })
  await deliverPending(deps, accountId)
  return checkpoint
}

/** Part of the sweep: hourly, for chains that grew. */
export const makeDueCheckpoints = async (deps: Deps): Promise<void> => {
  for (const accountId of await listDueAccounts(deps.db, 'checkpoints')) {
    await inAccount(deps.db, accountId, async (trx) => {
      if (await isCheckpointDue(trx, accountId)) await signHead(trx, deps, accountId)
    })
    await deliverPending(deps, accountId)
  }
}

/**
 * Part of the sweep: removes whole months that are too old. Each chain keeps a signed checkpoint of its last removed
 * record, so that the rest still verifies.
 */
export const dropOldMonths = async (deps: Deps): Promise<void> => {
  const months = await deps.db.transaction().execute((trx) => listOldMonths(trx, keptMonths))
  for (const month of months) {
    const accounts = await deps.db.transaction().execute(async (trx) => {
      const ends = await listMonthEnds(trx, month)
      for (const end of ends) {
        await enterAccount(trx, end.account_id)
        const checkpoint = signCheckpoint(deps.config, {
          account_id: end.account_id,
          seq: end.seq,
          hash: end.hash.toString('hex'),
          count: end.seq,
          at: deps.clock.now().toISOString(),
        })
        await insertCheckpoint(trx, checkpoint, 'retention')
      }
      await dropMonth(trx, month)
      return ends.map((end) => end.account_id)
    })
    for (const id of accounts) await inAccount(deps.db, id, (trx) => deleteLooseSubjects(trx, id))
  }
}

const positionOf = (query: PageQuery, now: Date): number | null => {
  const position = readPosition(query, {}, now)
  if (position === null) return null
  const [seq] = position
  if (position.length !== 1 || typeof seq !== 'number' || !Number.isSafeInteger(seq))
    throw new AppError('invalid_cursor', 400)
  return seq
}

export const listMadeCheckpoints = (deps: Deps, accountId: string, query: PageQuery, now: Date) =>
  inAccount(deps.db, accountId, async (trx) => {
    const limit = pageLimit(query)
    const rows = await listCheckpointRows(trx, accountId, positionOf(query, now), limit + 1)
    const position = (row: CheckpointRow) => [row.seq]
    return toPage(rows, { limit, filter: {}, now, position, present: toCheckpoint })
  })
