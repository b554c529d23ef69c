import { type AccountKeys, openAccountKeys } from '../../accounts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../../http/page.ts'
import { parseNetwork } from '../../lib/addresses/network.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { parseTimestamp } from '../../lib/timestamp.ts'
import type { AuditQuery, AuditRecord } from '../contract.ts'
import { byActor } from '../entry.ts'
import { type EntryRow, findAccountKey } from '../queries.ts'
import { addressBytes } from '../subjects.ts'
import { recordHourly } from '../windows.ts'
import { toRecord } from './presentation.ts'
import { findEntry, type LogFilter, listEntries } from './queries.ts'

const defaultRangeMs = hoursMs(30 * 24)

const timeOf = (name: 'from' | 'to', text: string | undefined): Date | null => {
  if (text === undefined) return null
  const at = parseTimestamp(text)
  if (!at) throw invalidField(`/${name}`, 'invalid_format', 'is not a point in time')
  return at
}

const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex')

/** @throws AppError 422 `bad_address`. */
const readNetwork = (text: string | undefined): LogFilter['address'] => {
  if (text === undefined) return undefined
  if (text === 'unresolved') return 'unresolved'
  const single = addressBytes(text)
  if (single) return { lo: single, hi: single }
  const network = parseNetwork(text)
  if (!network) throw unprocessable('bad_address')
  return { lo: bytesOf(network.lo), hi: bytesOf(network.hi) }
}

/** Without a range the last 30 days. */
export const readFilter = (query: AuditQuery, now: Date): LogFilter => ({
  from: timeOf('from', query.from) ?? (query.to === undefined ? addMs(now, -defaultRangeMs) : null),
  to: timeOf('to', query.to),
  action: query.action,
  section: query.section,
  userId: query.user_id,
  actorType: query.actor_type,
  address: readNetwork(query.address),
  objectId: query.object_id,
  result: query.result,
  text: query.q,
})

const readSeq = (query: PageQuery, filter: unknown, now: Date): number | null => {
  const position = readPosition(query, filter, now)
  if (position === null) return null
  const [seq] = position
  if (position.length !== 1 || typeof seq !== 'number' || !Number.isSafeInteger(seq))
    throw new AppError('invalid_cursor', 400)
  return seq
}

const keysOf = async (trx: Trx, deps: Deps, accountId: string): Promise<AccountKeys> => {
  const sealed = await findAccountKey(trx, accountId)
  if (!sealed) throw notFound()
  return openAccountKeys(deps.keys, accountId, sealed)
}

const listIn = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  given: {
    readonly query: PageQuery
    readonly filter: LogFilter
    readonly bound: unknown
    readonly now: Date
  },
) => {
  const limit = pageLimit(given.query)
  const beforeSeq = readSeq(given.query, given.bound, given.now)
  const rows = await listEntries(trx, accountId, given.filter, { beforeSeq, limit: limit + 1 })
  const keys = await keysOf(trx, deps, accountId)
  const position = (row: EntryRow) => [row.seq]
  const present = (row: EntryRow): AuditRecord => toRecord(keys, row)
  return toPage(rows, { limit, filter: given.bound, now: given.now, position, present })
}

/** That somebody looked is a record too, one per person and hour. */
const noteViewing = (trx: Trx, deps: Deps, actor: Actor, accountId: string): Promise<void> =>
  recordHourly(trx, deps, byActor(actor), `viewed|${actor.userId}|${accountId}`, {
    action: 'audit_log.viewed',
    ...(accountId === actor.accountId ? {} : { object: { type: 'account', id: accountId } }),
  })

/** One page of an account's log, newest first; `account_id` of another account is for the operator. */
export const listLog = async (
  deps: Deps,
  actor: Actor,
  given: AuditQuery & { account_id?: string },
  now: Date,
) => {
  const { limit: _limit, cursor: _cursor, ...bound } = given
  const filter = readFilter(given, now)
  const accountId = given.account_id ?? actor.accountId
  const page = await inAccount(deps.db, accountId, (trx) =>
    listIn(trx, deps, accountId, { query: given, filter, bound, now }),
  )
  await inAccount(deps.db, actor.accountId, (trx) => noteViewing(trx, deps, actor, accountId))
  return page
}

export const readRecord = async (deps: Deps, actor: Actor, seq: number): Promise<AuditRecord> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await findEntry(trx, actor.accountId, seq)
    if (!row) throw notFound()
    const found = toRecord(await keysOf(trx, deps, actor.accountId), row)
    await noteViewing(trx, deps, actor, actor.accountId)
    return found
  })

/** The own rows of the person who asks; looking at oneself is no viewing of the log. */
export const listOwn = (
  deps: Deps,
  actor: Actor,
  query: PageQuery & { from?: string; to?: string },
  now: Date,
) => {
  const bound = { own: actor.userId, from: query.from, to: query.to }
  const filter = {
    ...readFilter({ from: query.from, to: query.to } as AuditQuery, now),
    userId: actor.userId,
  }
  return inAccount(deps.db, actor.accountId, (trx) =>
    listIn(trx, deps, actor.accountId, { query, filter, bound, now }),
  )
}
