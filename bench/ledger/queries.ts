import { sql } from 'kysely'
import type { Trx } from '../../src/db/pool.ts'
import { uuidV7 } from '../../src/lib/ids.ts'

/** People with an e-mail channel in one group, and a campaign to it whose planning is due. */
export const insertRun = async (trx: Trx, accountId: string, people: number, at: Date): Promise<string> => {
  const groupId = uuidV7(at)
  const campaignId = uuidV7(at)
  await sql`insert into contact_groups (account_id, id, name) values (${accountId}, ${groupId}, ${groupId})`.execute(
    trx,
  )
  await sql`
    with people as (
      insert into contacts (account_id, id, email, email_key, first_name, source)
      select ${accountId}, uuid_v7(), address, address, 'Anna' || n, 'manual'
      from generate_series(1, ${people}::int) n, lateral (select n || '.' || ${campaignId} || '@example.com') a(address)
      returning id
    ), channels as (
      insert into contact_channels (account_id, contact_id, channel, consent)
      select ${accountId}, id, 'email', '{"marketing":"granted"}'::jsonb from people
    )
    insert into contact_group_members (account_id, group_id, contact_id) select ${accountId}, ${groupId}, id from people`.execute(
    trx,
  )
  await sql`insert into campaigns (account_id, id, name, audience, content_revision, status, run_month, started_at)
    values (${accountId}, ${campaignId}, 'Bench', ${JSON.stringify({ group_ids: [groupId], exclude_group_ids: [] })}::jsonb, 1,
      'preparing', date_trunc('month', app_now() at time zone 'UTC')::date, app_now())`.execute(trx)
  return campaignId
}

export const findRunMonth = async (trx: Trx, accountId: string, id: string): Promise<string> => {
  const row = await trx
    .selectFrom('campaigns')
    .select('run_month')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.run_month ?? ''
}

/** How often a row changed in place, without touching an index. */
export const readUpdates = async (trx: Trx): Promise<{ updated: number; hot: number }> => {
  const { rows } = await sql<{ updated: number; hot: number }>`
    select coalesce(sum(n_tup_upd), 0)::int as updated, coalesce(sum(n_tup_hot_upd), 0)::int as hot
    from pg_stat_user_tables where relname like 'messages\\_2%'`.execute(trx)
  return rows[0] ?? { updated: 0, hot: 0 }
}
