import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

export const findCampaign = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('campaigns')
    .select(['id', 'name', 'channel', 'status', 'simulated', 'started_at', 'finished_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export type Reactions = {
  openers: number
  clickers: number
  reacting: number
  opens: number
  clicks: number
}

/** Recipients and hits; `reacting` opened or clicked, because a click implies an open (email.md §13). */
export const countReactions = async (trx: Trx, accountId: string, campaignId: string): Promise<Reactions> => {
  const { rows } = await sql<Reactions>`
    select count(*) filter (where opens > 0) as openers, count(*) filter (where clicks > 0) as clickers,
      count(*) as reacting, coalesce(sum(opens), 0)::bigint as opens, coalesce(sum(clicks), 0)::bigint as clicks
    from (
      select count(*) filter (where kind = 'open') as opens, count(*) filter (where kind = 'click') as clicks
      from tracking_hits where account_id = ${accountId} and campaign_id = ${campaignId}
      group by message_id
    ) each_message`.execute(trx)
  return rows[0] ?? { openers: 0, clickers: 0, reacting: 0, opens: 0, clicks: 0 }
}

export type LedgerFigures = { deferred: number; unsubscribed: number; complained: number }

export const countLedgerFigures = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<LedgerFigures> => {
  const { rows } = await sql<LedgerFigures>`
    select count(*) filter (where delivery_status = 'deferred') as deferred,
      count(*) filter (where flags @> array['unsubscribed']) as unsubscribed,
      count(*) filter (where flags @> array['complained']) as complained
    from messages where account_id = ${accountId} and source_id = ${campaignId}`.execute(trx)
  return rows[0] ?? { deferred: 0, unsubscribed: 0, complained: 0 }
}

/** Accepted first, bounced later (sending.md §10): counted by the class of the report. */
export const countLaterBounces = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<{ word: string; n: number }[]> => {
  const { rows } = await sql<{ word: string; n: number }>`
    select coalesce(reason, answer ->> 'class', 'unknown') as word, count(*) as n
    from messages where account_id = ${accountId} and source_id = ${campaignId} and state = 'accepted'
      and flags @> array['bounced_later'] and delivery_status in ('undelivered', 'expired')
    group by 1`.execute(trx)
  return rows
}

export type LinkRow = { url: string; position: number; digest: string; total: number; unique: number }

/** Every tracked place, clicked or not; content changed during a pause adds its own places. */
export const listLinkRows = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  after: { position: number; digest: string } | null,
  limit: number,
): Promise<LinkRow[]> => {
  const { rows } = await sql<LinkRow>`
    select place.target as url, place.position, place.digest, count(h.id) as total,
      count(distinct h.message_id) as unique
    from (
      select distinct position, target, md5(target) as digest from tracking_links
      where account_id = ${accountId} and campaign_id = ${campaignId}
    ) place
    left join tracking_hits h on h.account_id = ${accountId} and h.campaign_id = ${campaignId} and h.kind = 'click'
      and h.position = place.position and h.url = place.target
    where ${after === null}
      or (place.position, place.digest) > (${after?.position ?? 0}::int, ${after?.digest ?? ''})
    group by place.target, place.position, place.digest
    order by place.position, place.digest limit ${limit}`.execute(trx)
  return rows
}

export type BounceRow = {
  word: string
  code: string | null
  text: string | null
  digest: string
  count: number
}

/** Answers alike but for the address in them are one. */
export const listBounceRows = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  after: { count: number; digest: string } | null,
  limit: number,
): Promise<BounceRow[]> => {
  const { rows } = await sql<BounceRow>`
    select * from (
      select word, code, text, md5(concat_ws('|', word, code, text)) as digest, count(*) as count
      from (
        select coalesce(reason, answer ->> 'class', 'unknown') as word, nullif(answer ->> 'code', '') as code,
          nullif(left(regexp_replace(answer ->> 'text', '<?[^[:space:]<>"]+@[^[:space:]<>"]+>?', '…', 'g'), 300), '') as text
        from messages where account_id = ${accountId} and source_id = ${campaignId} and (state = 'rejected'
          or (state = 'accepted' and flags @> array['bounced_later'] and delivery_status in ('undelivered', 'expired')))
      ) each_message group by 1, 2, 3
    ) answers
    where ${after === null} or (count, digest) < (${after?.count ?? 0}::bigint, ${after?.digest ?? ''})
    order by count desc, digest desc limit ${limit}`.execute(trx)
  return rows
}

export type TimelineRow = {
  at: Date
  accepted: number
  delivered: number
  opened: number
  clicked: number
  bounced: number
  unsubscribed: number
}

export const listTimelineRows = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  step: 'minute' | 'hour' | 'day',
  after: Date | null,
  limit: number,
): Promise<TimelineRow[]> => {
  const { rows } = await sql<TimelineRow>`
    with zone as (select time_zone as name from accounts where account_id = ${accountId}),
    happened as (
      select final_at as at, case state when 'accepted' then 'accepted' else 'bounced' end as what
      from messages where account_id = ${accountId} and source_id = ${campaignId} and state in ('accepted', 'rejected')
      union all
      select final_at, 'delivered' from messages where account_id = ${accountId} and source_id = ${campaignId}
        and state = 'accepted' and delivery_status in ('delivered', 'opened', 'read', 'reacted')
      union all
      select max(e.at), 'bounced' from message_events e
      join messages m on m.account_id = ${accountId} and m.message_id = e.message_id and m.state = 'accepted'
        and m.flags @> array['bounced_later'] and m.delivery_status in ('undelivered', 'expired')
      where e.account_id = ${accountId} and e.source_id = ${campaignId} and e.kind = 'bounced'
      group by e.message_id
      union all
      select min(at), kind from tracking_hits where account_id = ${accountId} and campaign_id = ${campaignId}
      group by message_id, kind
      union all
      select max(e.at), e.kind from message_events e
      join messages m on m.account_id = ${accountId} and m.message_id = e.message_id
        and m.flags @> array['unsubscribed']
      where e.account_id = ${accountId} and e.source_id = ${campaignId} and e.kind = 'unsubscribed'
      group by e.message_id, e.kind
    )
    select date_trunc(${step}, at, zone.name) as at, count(*) filter (where what = 'accepted') as accepted,
      count(*) filter (where what = 'delivered') as delivered, count(*) filter (where what = 'open') as opened,
      count(*) filter (where what = 'click') as clicked, count(*) filter (where what = 'bounced') as bounced,
      count(*) filter (where what = 'unsubscribed') as unsubscribed
    from happened, zone
    where at is not null and (${after}::timestamptz is null or date_trunc(${step}, at, zone.name) > ${after}::timestamptz)
    group by 1 order by 1 limit ${limit}`.execute(trx)
  return rows
}
