import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export const listAccountsToKeep = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_webhook_upkeep()`.execute(
    db,
  )
  return rows.map((row) => row.account_id)
}

export const listFailing = async (trx: Trx, accountId: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`select id from webhook_endpoints
    where account_id = ${accountId} and enabled and failing_since <= app_now() - interval '3 days'
    for no key update`.execute(trx)
  return rows.map((row) => row.id)
}

export const expireWaiting = (trx: Trx, accountId: string) =>
  sql`update webhook_deliveries set state = 'expired', next_at = null, lease = null
    where account_id = ${accountId} and state in ('waiting', 'claimed') and not replay
      and event_at <= app_now() - interval '7 days'`.execute(trx)

/** What was to be sent once more waits from the moment somebody asked for it. */
export const expireReplays = (trx: Trx, accountId: string) =>
  sql`update webhook_deliveries set state = 'expired', next_at = null, lease = null
    where account_id = ${accountId} and state in ('waiting', 'claimed') and replay
      and at <= app_now() - interval '7 days'`.execute(trx)

export const deleteOldDeliveries = (trx: Trx, accountId: string) =>
  sql`delete from webhook_deliveries where account_id = ${accountId} and at <= app_now() - interval '30 days'`.execute(
    trx,
  )

export const deleteOldEvents = (trx: Trx, accountId: string) =>
  sql`delete from webhook_events where account_id = ${accountId} and at <= app_now() - interval '30 days'`.execute(
    trx,
  )
