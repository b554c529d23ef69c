import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const findSimulator = async (trx: Trx, accountId: string): Promise<string | null> => {
  const row = await trx
    .updateTable('providers')
    .set({ enabled: true })
    .where('account_id', '=', accountId)
    .where('channel', '=', 'email')
    .where('kind', '=', 'simulator')
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

export const dropRoutes = (trx: Trx, accountId: string, channel: string) =>
  trx
    .deleteFrom('provider_routes')
    .where('account_id', '=', accountId)
    .where('channel', '=', channel)
    .execute()

export const pointRoutesAt = (trx: Trx, accountId: string, channel: string, providerId: string) =>
  trx
    .updateTable('provider_routes')
    .set({
      mode: 'failover',
      providers: JSON.stringify([{ provider_id: providerId }]),
      version: sql`version + 1`,
      updated_at: sql`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('channel', '=', channel)
    .execute()

export const wipeCredentials = (trx: Trx, accountId: string) =>
  sql`update providers set enabled = false, secrets_sealed = null, config = config - 'username', last_check = null,
      version = version + 1, updated_at = app_now()
    where account_id = ${accountId} and kind <> 'simulator'`.execute(trx)
