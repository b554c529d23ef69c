import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'

export type KeptFilter = {
  readonly toMac?: Buffer
  readonly kind?: string
  readonly since?: Date
}

/** Newest first; rows whose content was erased are left out. */
export const listSystemMessages = (trx: Trx, filter: KeptFilter, limit: number) => {
  const { toMac, kind, since } = filter
  return trx
    .selectFrom('system_messages')
    .select(['id', 'channel', 'kind', 'content_sealed', 'state', 'created_at'])
    .where('account_id', '=', instanceAccountId)
    .where('content_sealed', 'is not', null)
    .$if(toMac !== undefined, (query) => query.where('to_mac', '=', toMac ?? Buffer.alloc(0)))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(since !== undefined, (query) => query.where('created_at', '>=', sql<Date>`${since}`))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}
export type KeptRow = Awaited<ReturnType<typeof listSystemMessages>>[number]

export const deleteSystemMessages = async (trx: Trx): Promise<void> => {
  await trx.deleteFrom('system_messages').where('account_id', '=', instanceAccountId).execute()
}
