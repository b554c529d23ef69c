import type { AuditRecord } from '../../audit/contract.ts'
import { readLogChunk } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { isUuid } from '../../lib/ids.ts'
import { emitEvent } from '../events.ts'
import { dataOfRecord, eventTypeOf } from './event-of-record.ts'
import { findApprovalKind, listAccountsWithNews, lockCursor, moveCursor } from './queries.ts'

const chunkMax = 500
const always = { from: new Date(0), to: new Date('9999-12-31T00:00:00.000Z') }

const kindOf = async (trx: Trx, accountId: string, record: AuditRecord): Promise<object> => {
  const id = record.object?.type === 'approval' ? record.object.id : null
  return id && isUuid(id) ? { kind: await findApprovalKind(trx, accountId, id) } : {}
}

const emitOf = async (trx: Trx, accountId: string, record: AuditRecord): Promise<void> => {
  const type = eventTypeOf(record.action)
  if (!type) return
  const data = { ...dataOfRecord(type, record), ...(await kindOf(trx, accountId, record)) }
  await emitEvent(trx, accountId, { type, data, sequence: record.seq })
}

/** One chunk of new records becomes events; the place reached commits with them, so each is told of once. */
const readOn = (deps: Deps, accountId: string): Promise<boolean> =>
  inAccount(deps.db, accountId, async (trx) => {
    const afterSeq = await lockCursor(trx, accountId)
    if (afterSeq === null) return false
    const records = await readLogChunk(trx, deps, accountId, { ...always, afterSeq, limit: chunkMax })
    const last = records.at(-1)
    if (!last) return false
    for (const record of records) await emitOf(trx, accountId, record)
    await moveCursor(trx, accountId, last.seq)
    return records.length === chunkMax
  })

/**
 * Events that follow a record of the application log. The record stands in the transaction of what happened, its
 * numbers have no gaps and commit in their order: reading on from the last number tells each exactly once, asks nothing
 * of the features and costs their transactions nothing.
 */
export const readWebhookNews = async (deps: Deps): Promise<void> => {
  for (const accountId of await listAccountsWithNews(deps.db)) {
    while (!deps.stopping.aborted && (await readOn(deps, accountId)));
  }
}
