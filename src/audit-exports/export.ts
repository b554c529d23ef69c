import { Readable } from 'node:stream'
import { byActor, logDueAccounts, readLogChunk, record } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { BodyOf } from '../http/contract.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, invalidField, notFound } from '../http/errors.ts'
import { addMs, hoursMs } from '../lib/clock.ts'
import { parseTimestamp } from '../lib/timestamp.ts'
import { type OperationRunner, startOperation } from '../operations/index.ts'
import { findRights, spendLimits } from '../security/index.ts'
import type { startAuditExport } from './contract.ts'
import {
  deleteExpiredParts,
  type ExportRow,
  findExport,
  findPart,
  insertExport,
  insertPart,
} from './queries.ts'
import { frames, toLine } from './rows.ts'

const right = 'account.audit_log.export'
const chunkRecords = 1_000
const keptMs = hoursMs(7 * 24)
const dailyMax = 10
const daySeconds = 86_400

const timeOf = (pointer: string, text: string): Date => {
  const at = parseTimestamp(text)
  if (!at) throw invalidField(pointer, 'invalid_format', 'is not a point in time')
  return at
}

export const startExport = async (
  deps: Deps,
  actor: Actor,
  given: BodyOf<typeof startAuditExport>,
  now: Date,
): Promise<{ id: string }> => {
  const from = timeOf('/from', given.from)
  const to = timeOf('/to', given.to)
  if (from > to) throw invalidField('/to', 'range_invalid', 'must not be before from')
  await spendLimits(deps.db, [{ key: `export:${actor.userId}`, max: dailyMax, windowSeconds: daySeconds }])
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId, userId } = actor
    const id = await startOperation(trx, deps, accountId, {
      type: 'log_export',
      object: { type: 'audit_log', id: null, name: null },
      startedBy: userId,
    })
    const expiresAt = addMs(now, keptMs)
    await insertExport(trx, accountId, { id, requestedBy: userId, from, to, format: given.format, expiresAt })
    await record(trx, deps, byActor(actor), {
      action: 'audit_log.exported',
      object: { type: 'operation', id },
      diff: { after: { from: from.toISOString(), to: to.toISOString(), format: given.format } },
    })
    return { id }
  })
}

/** Rights are judged again when the work runs: who lost this one gets no file (security.md §4.4). */
const checkRight = (deps: Deps, accountId: string, userId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    const rights = await findRights(trx, accountId, userId)
    if (!rights?.permissions.has(right))
      throw new AppError('permission_denied', 403, '', { permission: right })
  })

const numberIn = (kept: Record<string, unknown>, name: string): number => {
  const value = kept[name]
  return typeof value === 'number' ? value : 0
}

const writeChunk = (
  deps: Deps,
  operation: Parameters<OperationRunner>[1],
  row: ExportRow,
  at: { readonly seq: number; readonly part: number; readonly rows: number },
) =>
  inAccount(deps.db, operation.accountId, async (trx) => {
    const { accountId, id } = operation
    const chunk = { from: row.from_at, to: row.to_at, afterSeq: at.seq, limit: chunkRecords }
    const records = await readLogChunk(trx, deps, accountId, chunk)
    const last = records.length < chunkRecords
    const frame = frames[row.format]
    const lines = records.map((one, index) => toLine(row.format, one, at.rows + index === 0))
    const content = `${at.part === 0 ? frame.open : ''}${lines.join('')}${last ? frame.close : ''}`
    await insertPart(trx, accountId, id, at.part, Buffer.from(content))
    const next = { seq: records.at(-1)?.seq ?? at.seq, part: at.part + 1, rows: at.rows + records.length }
    await operation.advance(trx, { done: next.rows, checkpoint: { ...next, whole: last } })
    return { ...next, last }
  })

/** Part by part; a killed worker's successor goes on after the last one that was committed. */
export const runExport: OperationRunner = async (deps, operation) => {
  const { accountId, id, checkpoint } = operation
  const row = await inAccount(deps.db, accountId, (trx) => findExport(trx, accountId, id))
  if (!row) throw notFound()
  await checkRight(deps, accountId, row.requested_by)
  let at = {
    seq: numberIn(checkpoint, 'seq'),
    part: numberIn(checkpoint, 'part'),
    rows: numberIn(checkpoint, 'rows'),
    last: checkpoint['whole'] === true,
  }
  while (!at.last) at = await writeChunk(deps, operation, row, at)
  return { rows: at.rows }
}

const getExport = async (deps: Deps, actor: Actor, id: string): Promise<ExportRow> => {
  const row = await inAccount(deps.db, actor.accountId, (trx) => findExport(trx, actor.accountId, id))
  if (row?.requested_by !== actor.userId) throw notFound()
  return row
}

const states = ['pending', 'in_progress', 'completed', 'failed'] as const
const stateOf = (row: ExportRow, now: Date) =>
  row.expires_at <= now ? 'expired' : (states.find((state) => state === row.state) ?? 'failed')

export const readExport = async (deps: Deps, actor: Actor, id: string, now: Date) => {
  const row = await getExport(deps, actor, id)
  const state = stateOf(row, now)
  const url = state === 'completed' ? `/api/v1/audit-log/exports/${id}/file` : null
  return { state, rows: row.done, url } as const
}

async function* partsOf(deps: Deps, accountId: string, id: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const part = await inAccount(deps.db, accountId, (trx) => findPart(trx, accountId, id, position))
    if (!part) return
    yield part
  }
}

/** @throws AppError 404 until it is whole, 410 `file_expired` afterwards. */
export const openFile = async (deps: Deps, actor: Actor, id: string, now: Date) => {
  const row = await getExport(deps, actor, id)
  const state = stateOf(row, now)
  if (state === 'expired') throw new AppError('file_expired', 410)
  if (state !== 'completed') throw notFound()
  const day = (at: Date): string => at.toISOString().slice(0, 10)
  return {
    name: `application-log-${day(row.from_at)}-${day(row.to_at)}.${row.format}`,
    stream: Readable.from(partsOf(deps, actor.accountId, id)),
  }
}

/** Part of the sweep. */
export const dropExpiredExports = async (deps: Deps): Promise<void> => {
  for (const accountId of await logDueAccounts(deps.db))
    await inAccount(deps.db, accountId, (trx) => deleteExpiredParts(trx, accountId))
}
