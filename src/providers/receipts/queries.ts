import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const accountIsThere = async (trx: Trx, accountId: string): Promise<boolean> =>
  (await trx
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst()) !== undefined

export const findReceiptCounts = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('receipt_endpoints')
    .select(['provider_id', 'received', 'received_at', 'refused', 'refused_at'])
    .where('account_id', '=', accountId)
    .execute()

/** Counted for the provider's health (sending.md §11.1). */
export const countReceiptCall = (
  trx: Trx,
  accountId: string,
  providerId: string,
  outcome: 'received' | 'refused',
) => {
  const received = outcome === 'received' ? 1 : 0
  return sql`
    insert into receipt_endpoints as e (account_id, provider_id, received, received_at, refused, refused_at)
    values (${accountId}, ${providerId}, ${received}, case when ${received} = 1 then app_now() end, ${1 - received},
      case when ${received} = 0 then app_now() end)
    on conflict (account_id, provider_id) do update set received = e.received + excluded.received,
      received_at = coalesce(excluded.received_at, e.received_at), refused = e.refused + excluded.refused,
      refused_at = coalesce(excluded.refused_at, e.refused_at)`.execute(trx)
}
