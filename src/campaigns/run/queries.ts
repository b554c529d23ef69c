import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

/** The whole row under a lock: each act on a run is one committed update. */
export const lockCampaign = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('campaigns')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export type CampaignRun = NonNullable<Awaited<ReturnType<typeof lockCampaign>>>

export type RunChange = Partial<{
  status: string
  status_reason: string | null
  gate: 'open' | 'closed'
  planned_at: Date | null
  hold_until: Date | null
  started_at: Date | null
  finished_at: Date | null
  run_month: string | null
  simulated: boolean
  planning_cursor: string | null
  planned_all_at: Date | null
  throttle_per_hour: number | null
  preflight_overrides: string
  limiting_factor: string | null
  status_detail: string | null
  time_mode: string
  start_at: Date | null
  canary_until: Date | null
  canary_passed_at: Date | null
  answers_since: Date | null
  provider_down_since: Date | null
}>

export const updateRun = (trx: Trx, accountId: string, id: string, change: RunChange) =>
  trx
    .updateTable('campaigns')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const insertJournal = (
  trx: Trx,
  accountId: string,
  entry: {
    campaignId: string
    kind: string
    actor: Record<string, unknown>
    detail: Record<string, unknown>
  },
) =>
  sql`insert into run_journal (account_id, campaign_id, id, kind, actor, detail)
    values (${accountId}, ${entry.campaignId}, uuid_v7(), ${entry.kind}, ${JSON.stringify(entry.actor)}::jsonb,
      ${JSON.stringify(entry.detail)}::jsonb)`.execute(trx)

/** Freezes the audience in one statement; a repeat after a crash adds nobody (primary key). */
export const freezeAudience = (
  trx: Trx,
  accountId: string,
  campaignId: string,
  members: RawBuilder<{ id: string; holdout: boolean }>,
) =>
  sql`insert into audience_members (account_id, campaign_id, contact_id, holdout)
    select ${accountId}, ${campaignId}, a.id, a.holdout from ${members} a
    on conflict do nothing`.execute(trx)

/** The reason of a contact `c` who is kept to compare with, else null. */
export const isHeldOut = (accountId: string, campaignId: string) =>
  sql<string | null>`(select 'holdout' from audience_members h where h.account_id = ${accountId}
    and h.campaign_id = ${campaignId} and h.contact_id = c.id and h.holdout)`

export const findTopic = (trx: Trx, accountId: string, topicId: string) =>
  trx
    .selectFrom('contact_groups')
    .select(['id', 'require_consent'])
    .where('account_id', '=', accountId)
    .where('id', '=', topicId)
    .executeTakeFirst()

/** Runs of all accounts that the sweep has to look at; bare ids. */
export const listDueCampaigns = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; campaign_id: string; status: string }>`
    select account_id, campaign_id, status from lookup_live_campaigns()`.execute(db)
  return rows
}

export type OpenRows = { to_send: boolean; handed: boolean; unresolved: boolean }

/** What is still open in a run, by the partial indexes of open rows. */
export const findOpenRows = async (trx: Trx, accountId: string, campaignId: string): Promise<OpenRows> => {
  const { rows } = await sql<OpenRows>`select
    exists (select from messages where account_id = ${accountId} and source_id = ${campaignId} and state = 'planned')
      or exists (select from messages where account_id = ${accountId} and source_id = ${campaignId} and state = 'claimed') as to_send,
    exists (select from messages where account_id = ${accountId} and source_id = ${campaignId} and state = 'handed') as handed,
    exists (select from messages where account_id = ${accountId} and source_id = ${campaignId} and state = 'uncertain'
      and resolution is null) as unresolved`.execute(trx)
  return rows[0] ?? { to_send: false, handed: false, unresolved: false }
}

export const listJournalRows = (
  trx: Trx,
  accountId: string,
  campaignId: string,
  after: Position | null,
  limit: number,
) => {
  let query = trx
    .selectFrom('run_journal')
    .select(['id', 'at', 'kind', 'actor', 'detail'])
    .where('account_id', '=', accountId)
    .where('campaign_id', '=', campaignId)
  if (after) query = query.where(sql<boolean>`(at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return query.orderBy('at').orderBy('id').limit(limit).execute()
}

export const campaignExists = async (trx: Trx, accountId: string, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('campaigns')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined

/** Fresh statistics of the run's month, before the sender begins. */
export const analyzeRun = (trx: Trx, runMonth: string) =>
  sql`select analyze_run(${runMonth}::date)`.execute(trx)

export const listRunsIn = async (
  trx: Trx,
  accountId: string,
  statuses: readonly string[],
): Promise<string[]> => {
  const rows = await trx
    .selectFrom('campaigns')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', 'in', [...statuses])
    .execute()
  return rows.map((row) => row.id)
}

/** The row without a lock, for readers. */
export const findRun = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('campaigns')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
