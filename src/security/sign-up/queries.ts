import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const openActivated = (trx: Trx, accountId: string) =>
  trx
    .updateTable('accounts')
    .set({ status: 'test', updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('status', '=', 'pending')
    .execute()
