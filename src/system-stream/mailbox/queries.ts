import { instanceAccountId, type Trx } from '../../db/pool.ts'
import type { SystemChannel } from '../kinds.ts'

/** What nobody was sent: messages that left, or wait to leave, are never shown. */
export const listKeptRows = (
  trx: Trx,
  channel: SystemChannel | undefined,
  after: number | null,
  limit: number,
) =>
  trx
    .selectFrom('system_messages')
    .select(['id', 'seq', 'channel', 'kind', 'content_sealed', 'created_at'])
    .where('account_id', '=', instanceAccountId)
    .where('state', '=', 'kept')
    .$if(channel !== undefined, (query) => query.where('channel', '=', channel ?? ''))
    .$if(after !== null, (query) => query.where('seq', '<', after ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
export type KeptRow = Awaited<ReturnType<typeof listKeptRows>>[number]
