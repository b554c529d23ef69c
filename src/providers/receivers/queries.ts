import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type Answers = {
  accepted: number
  deferred: number
  slowed: number
  refused: number
  blocked: number
}
const sums = sql`sum(accepted)::int as accepted, sum(deferred)::int as deferred, sum(slowed)::int as slowed,
  sum(refused)::int as refused, sum(blocked)::int as blocked`

const ofProvider = (providerId: string | null) =>
  providerId === null ? sql`true` : sql`provider_id = ${providerId}`

/** Answers of each site, and what was answered in the last slots for its present rate. */
export const sumAnswers = async (
  trx: Trx,
  accountId: string,
  given: { readonly hours: number; readonly providerId: string | null; readonly recentFrom: Date },
) => {
  const { rows } = await sql<Answers & { site: string; recent: number }>`
    select site, ${sums}, coalesce(sum(accepted) filter (where slot >= ${given.recentFrom}), 0)::int as recent
    from receiver_figures
    where account_id = ${accountId} and slot > app_now() - make_interval(hours => ${given.hours})
      and ${ofProvider(given.providerId)}
    group by site`.execute(trx)
  return rows
}

/** Waiting messages by receiver, the fullest first; the queue keeps the domain, the site is as last seen. */
export const countQueue = async (trx: Trx, accountId: string, rowsMax: number) => {
  const { rows } = await sql<{ site: string; queued: number; retrying: number; next_try_at: Date | null }>`
    select coalesce(d.site, q.domain) as site, sum(q.queued)::int as queued, sum(q.retrying)::int as retrying,
      min(q.next_try_at) as next_try_at
    from (
      select domain, count(*) as queued, count(*) filter (where due_at > app_now() and withheld is null) as retrying,
        min(due_at) filter (where due_at > app_now() and due_at < 'infinity') as next_try_at
      from message_queue where account_id = ${accountId} and domain is not null group by domain
    ) q left join receiver_domains d on d.account_id = ${accountId} and d.domain = q.domain
    group by 1 order by 2 desc limit ${rowsMax}`.execute(trx)
  return rows
}

export const countWaiting = async (trx: Trx, accountId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from message_queue where account_id = ${accountId}`.execute(trx)
  return rows[0]?.n ?? 0
}

export type SiteWord = {
  site: string
  provider_id: string
  factor: number
  slowed_at: Date | null
  deferred_at: Date | null
  code: string | null
  text: string | null
}

/** What receivers last said when they put us off, newest first. */
export const listSiteWords = async (
  trx: Trx,
  accountId: string,
  providerId: string | null,
  rowsMax: number,
): Promise<SiteWord[]> => {
  const { rows } = await sql<SiteWord>`
    select site, provider_id, factor, slowed_at, deferred_at, code, text from receiver_sites
    where account_id = ${accountId} and ${ofProvider(providerId)} and (deferred_at is not null or slowed_at is not null)
    order by greatest(slowed_at, deferred_at) desc limit ${rowsMax}`.execute(trx)
  return rows
}

export const hasShapedProvider = async (
  trx: Trx,
  accountId: string,
  providerId: string | null,
): Promise<boolean> => {
  const only = providerId === null ? sql`true` : sql`id = ${providerId}`
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from providers where account_id = ${accountId} and enabled and ${only}
      and (kind = 'mx' or shape_by_receiver)) as found`.execute(trx)
  return rows[0]?.found ?? false
}

export const listSlots = async (
  trx: Trx,
  accountId: string,
  given: {
    readonly hours: number
    readonly slotMinutes: number
    readonly site: string | null
    readonly providerId: string | null
  },
) => {
  const ofSite = given.site === null ? sql`true` : sql`site = ${given.site}`
  const { rows } = await sql<Answers & { at: Date }>`
    select date_bin(make_interval(mins => ${given.slotMinutes}), slot, timestamptz '2000-01-01') as at, ${sums}
    from receiver_figures
    where account_id = ${accountId} and slot > app_now() - make_interval(hours => ${given.hours}) and ${ofSite}
      and ${ofProvider(given.providerId)}
    group by 1 order by 1`.execute(trx)
  return rows
}
