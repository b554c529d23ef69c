import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { SiteRule } from './rules.ts'

export const listSiteRules = async (trx: Trx, accountId: string): Promise<SiteRule[]> =>
  trx
    .selectFrom('shaping_rules')
    .select(['site', 'connections', 'messages_per_connection', 'per_minute', 'per_hour'])
    .where('account_id', '=', accountId)
    .execute()

export type SiteState = {
  readonly site: string
  readonly minute_from: Date | null
  readonly hour_from: Date | null
  readonly factor: number
  readonly slowed_at: Date | null
  readonly now: Date
}

/**
 * Where a provider stands with these sites, locked until the end of the transaction. In the order of their names, so
 * that two senders never wait for each other in a circle.
 */
export const lockSites = async (
  trx: Trx,
  accountId: string,
  providerId: string,
  sites: readonly string[],
): Promise<SiteState[]> => {
  const names = [...new Set(sites)].toSorted()
  const { rows } = await sql<SiteState>`
    insert into receiver_sites (account_id, provider_id, site)
    select ${accountId}, ${providerId}, site from unnest(${names}::text[]) as site order by site
    on conflict (account_id, provider_id, site) do update set used_at = app_now()
    returning site, minute_from, hour_from, factor, slowed_at, app_now() as now`.execute(trx)
  return rows
}

export type Taken = {
  readonly site: string
  readonly minute_from: Date | null
  readonly hour_from: Date | null
}

export const saveTaken = async (
  trx: Trx,
  accountId: string,
  providerId: string,
  taken: readonly Taken[],
): Promise<void> => {
  if (taken.length === 0) return
  await sql`
    update receiver_sites s set minute_from = t.minute_from, hour_from = t.hour_from
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as t(site text, minute_from timestamptz, hour_from timestamptz)
    where s.account_id = ${accountId} and s.provider_id = ${providerId} and s.site = t.site`.execute(trx)
}

export type Slowing = {
  readonly site: string
  readonly factor: number
  readonly slowed_at: Date
  readonly code: string
  readonly text: string
}

export const saveSlowed = async (
  trx: Trx,
  accountId: string,
  providerId: string,
  slowed: readonly Slowing[],
): Promise<void> => {
  await sql`
    update receiver_sites s set factor = t.factor, slowed_at = t.slowed_at, code = t.code, text = left(t.text, 500),
      deferred_at = app_now()
    from jsonb_to_recordset(${JSON.stringify(slowed)}::jsonb)
      as t(site text, factor float8, slowed_at timestamptz, code text, text text)
    where s.account_id = ${accountId} and s.provider_id = ${providerId} and s.site = t.site`.execute(trx)
}

/** Which site a domain was last seen at; kept for lists, that join by it. */
export const saveDomainSites = async (
  trx: Trx,
  accountId: string,
  found: readonly { readonly domain: string; readonly site: string }[],
): Promise<void> => {
  if (found.length === 0) return
  await sql`
    insert into receiver_domains as d (account_id, domain, site)
    select ${accountId}, t.domain, t.site
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as t(domain text, site text) order by t.domain
    on conflict (account_id, domain) do update set site = excluded.site, seen_at = app_now()
    where d.site <> excluded.site or d.seen_at < app_now() - interval '1 day'`.execute(trx)
}

export type Figures = {
  readonly provider_id: string
  readonly site: string
  readonly slot: Date
  readonly accepted: number
  readonly deferred: number
  readonly slowed: number
  readonly refused: number
  readonly blocked: number
  /** The last word of a receiver that put us off. */
  readonly code: string | null
  readonly text: string | null
}

/** Adds what was counted; the last reason of each site is kept beside its figures. */
export const addFigures = async (trx: Trx, accountId: string, figures: readonly Figures[]): Promise<void> => {
  const given = JSON.stringify(figures)
  const record = sql`jsonb_to_recordset(${given}::jsonb) as t(provider_id uuid, site text, slot timestamptz,
    accepted int, deferred int, slowed int, refused int, blocked int, code text, text text)`
  await sql`
    insert into receiver_figures as f (account_id, provider_id, site, slot, accepted, deferred, slowed, refused, blocked)
    select ${accountId}, t.provider_id, t.site, t.slot, t.accepted, t.deferred, t.slowed, t.refused, t.blocked
    from ${record} order by t.slot, t.site, t.provider_id
    on conflict (account_id, slot, site, provider_id) do update set accepted = f.accepted + excluded.accepted,
      deferred = f.deferred + excluded.deferred, slowed = f.slowed + excluded.slowed,
      refused = f.refused + excluded.refused, blocked = f.blocked + excluded.blocked`.execute(trx)
  await sql`delete from receiver_figures
    where account_id = ${accountId} and slot < app_now() - interval '31 days'`.execute(trx)
  await sql`
    insert into receiver_sites as s (account_id, provider_id, site, code, text, deferred_at)
    select ${accountId}, t.provider_id, t.site, t.code, left(t.text, 500), app_now()
    from ${record} join providers p on p.account_id = ${accountId} and p.id = t.provider_id
    where t.code is not null order by t.provider_id, t.site
    on conflict (account_id, provider_id, site) do update set code = excluded.code, text = excluded.text,
      deferred_at = excluded.deferred_at`.execute(trx)
}

export const listRuleRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  trx
    .selectFrom('shaping_rules')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findRule = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('shaping_rules')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
export type RuleRow = NonNullable<Awaited<ReturnType<typeof findRule>>>

export const insertRule = (trx: Trx, accountId: string, rule: SiteRule & { id: string }) =>
  trx
    .insertInto('shaping_rules')
    .values({ account_id: accountId, ...rule })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateRule = (trx: Trx, accountId: string, id: string, limits: Omit<SiteRule, 'site'>) =>
  trx
    .updateTable('shaping_rules')
    .set({ ...limits, version: sql`version + 1`, updated_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removeRule = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('shaping_rules').where('account_id', '=', accountId).where('id', '=', id).execute()

export const provideRules = (trx: Trx, accountId: string) =>
  sql`select provide_shaping_rules(${accountId}::uuid)`.execute(trx)
