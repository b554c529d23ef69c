import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const insertCall = async (
  trx: Trx,
  accountId: string,
  call: { providerId: string; dialect: string; body: Buffer },
): Promise<string> => {
  const row = await trx
    .insertInto('receipt_calls')
    .values({
      account_id: accountId,
      id: sql<string>`uuid_v7()`,
      provider_id: call.providerId,
      dialect: call.dialect,
      body: call.body,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export const lockUnreadCall = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('receipt_calls')
    .select(['id', 'provider_id', 'dialect', 'body'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .forUpdate()
    .executeTakeFirst()

export const markCallRead = (trx: Trx, accountId: string, id: string) =>
  sql`update receipt_calls set state = 'read', read_at = app_now()
    where account_id = ${accountId} and id = ${id}`.execute(trx)

/** True the first time this provider tells this event. */
export const claimEvent = async (
  trx: Trx,
  accountId: string,
  providerId: string,
  eventId: string,
): Promise<boolean> => {
  const { rows } = await sql`
    insert into receipt_keys (account_id, provider_id, provider_event_id)
    values (${accountId}, ${providerId}, ${eventId}) on conflict do nothing returning 1`.execute(trx)
  return rows.length === 1
}

export const listUnreadCalls = async (trx: Trx, accountId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from receipt_calls where account_id = ${accountId}
    and state = 'received' and received_at <= app_now() - interval '1 minute' order by id limit 200`.execute(
    trx,
  )
  return rows.map((row) => row.id)
}

export const dropOldCalls = (trx: Trx, accountId: string) =>
  sql`delete from receipt_calls where account_id = ${accountId}
    and received_at <= app_now() - interval '30 days'`.execute(trx)

export const dropOldKeys = (trx: Trx, accountId: string) =>
  sql`delete from receipt_keys where account_id = ${accountId} and at <= app_now() - interval '90 days'`.execute(
    trx,
  )
