import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { Position } from '../lib/paging.ts'
import type { CampaignFilter } from './contract.ts'

const columns = [
  'c.id',
  'c.version',
  'c.created_at',
  'c.updated_at',
  'c.created_by',
  'c.channel',
  'c.type',
  'c.name',
  'c.description',
  'c.external_id',
  'c.labels',
  'c.language',
  'c.topic_id',
  'c.sender_id',
  'c.audience',
  'c.throttle_per_hour',
  'c.max_lateness_minutes',
  'c.uncertain_policy',
  'c.hold_minutes',
  'c.windows',
  'c.canary',
  'c.time_mode',
  'c.status_detail',
  'c.follow_up',
  'c.canary_until',
  'c.status',
  'c.status_reason',
  'c.parent_campaign_id',
  'c.content_revision',
  'c.planned_at',
  'c.hold_until',
  'c.started_at',
  'c.finished_at',
  'c.simulated',
  'c.demo',
  'c.preflight',
  'c.limiting_factor',
] as const

/** Campaigns with the names of their makers and the sender in effect: the chosen one, else the default. */
const selectCampaigns = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('campaigns as c')
    .leftJoin('users as u', (join) =>
      join.on('u.account_id', '=', accountId).onRef('u.id', '=', 'c.created_by'),
    )
    .leftJoin('sender_identities as s', (join) =>
      join
        .on('s.account_id', '=', accountId)
        .on('s.channel', '=', 'email')
        .on(
          sql<boolean>`s.id = coalesce(c.sender_id, (select d.id from sender_identities d
            where d.account_id = ${accountId} and d.channel = 'email' and d.is_default))`,
        ),
    )
    .leftJoin('campaign_revisions as r', (join) =>
      join
        .on('r.account_id', '=', accountId)
        .onRef('r.campaign_id', '=', 'c.id')
        .onRef('r.n', '=', 'c.content_revision'),
    )
    .where('c.account_id', '=', accountId)
    .select(columns)
    .select([
      'u.first_name as maker_first_name',
      'u.last_name as maker_last_name',
      's.id as effective_sender_id',
      's.name as sender_name',
      's.value as sender_email',
      's.reply_to as sender_reply_to',
      's.state as sender_state',
      's.allowed_role_ids as sender_role_ids',
    ])

export const findCampaign = (trx: Trx, accountId: string, id: string) =>
  selectCampaigns(trx, accountId).select('r.content').where('c.id', '=', id).executeTakeFirst()
export type CampaignRecord = NonNullable<Awaited<ReturnType<typeof findCampaign>>>

const likePattern = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`

export const listCampaignRows = (
  trx: Trx,
  accountId: string,
  filter: CampaignFilter,
  after: Position | null,
  limit: number,
) => {
  let query = selectCampaigns(trx, accountId).select(
    sql<string | null>`r.content ->> 'subject'`.as('subject'),
  )
  if (filter.status) query = query.where('c.status', 'in', filter.status)
  if (filter.q) query = query.where('c.name', 'ilike', likePattern(filter.q))
  if (filter.sender_id) query = query.where('c.sender_id', '=', filter.sender_id)
  if (filter.label) query = query.where(sql<boolean>`${filter.label} = any(c.labels)`)
  if (filter.created_from) query = query.where('c.created_at', '>=', new Date(filter.created_from))
  if (filter.created_to) query = query.where('c.created_at', '<=', new Date(filter.created_to))
  const sort = filter.sort ?? '-created_at'
  const descending = sort.startsWith('-')
  const beyond = sql.raw(descending ? '<' : '>')
  const direction = descending ? 'desc' : 'asc'
  // Ids are made by the clock, so that they sort by time of making, without ties.
  if (sort.endsWith('created_at')) {
    if (after) query = query.where(sql<boolean>`c.id ${beyond} ${after[0]}::uuid`)
    return query.orderBy('c.id', direction).limit(limit).execute()
  }
  if (after)
    query = query.where(sql<boolean>`(c.name, c.id) ${beyond} (${after[0]}::text, ${after[1]}::uuid)`)
  return query.orderBy('c.name', direction).orderBy('c.id', direction).limit(limit).execute()
}
export type CampaignListRecord = Awaited<ReturnType<typeof listCampaignRows>>[number]

export type CampaignColumns = {
  name?: string
  description?: string | null
  external_id?: string | null
  labels?: string[]
  language?: string | null
  topic_id?: string | null
  sender_id?: string | null
  audience?: string
  throttle_per_hour?: number | null
  max_lateness_minutes?: number
  uncertain_policy?: string
  hold_minutes?: number
  windows?: string
  canary?: string | null
  parent_campaign_id?: string | null
  follow_up?: string | null
  content_revision?: number
}

export const insertCampaign = (
  trx: Trx,
  accountId: string,
  id: string,
  createdBy: string,
  values: CampaignColumns & { name: string },
) =>
  trx
    .insertInto('campaigns')
    .values({ account_id: accountId, id, created_by: createdBy, ...values })
    .execute()

export const updateCampaign = (trx: Trx, accountId: string, id: string, values: CampaignColumns) =>
  trx
    .updateTable('campaigns')
    .set({ ...values, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

/** Not a change of the campaign: its version stays, so that an open editor is not told of a conflict. */
export const storePreflight = (trx: Trx, accountId: string, id: string, preflight: object) =>
  trx
    .updateTable('campaigns')
    .set({ preflight: JSON.stringify(preflight) })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const deleteDraft = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('campaigns').where('account_id', '=', accountId).where('id', '=', id).execute()

export const insertRevision = (
  trx: Trx,
  accountId: string,
  revision: { campaignId: string; n: number; content: object; createdBy: string },
) =>
  trx
    .insertInto('campaign_revisions')
    .values({
      account_id: accountId,
      campaign_id: revision.campaignId,
      n: revision.n,
      content: JSON.stringify(revision.content),
      created_by: revision.createdBy,
    })
    .execute()

export const findRevision = (trx: Trx, accountId: string, campaignId: string, n: number) =>
  trx
    .selectFrom('campaign_revisions')
    .select('content')
    .where('account_id', '=', accountId)
    .where('campaign_id', '=', campaignId)
    .where('n', '=', n)
    .executeTakeFirst()

export const senderExists = async (trx: Trx, accountId: string, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('sender_identities')
    .select('id')
    .where('account_id', '=', accountId)
    .where('channel', '=', 'email')
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined

export const listKnownGroups = (trx: Trx, accountId: string, ids: readonly string[]) =>
  trx
    .selectFrom('contact_groups')
    .select(['id', 'visibility'])
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .where('id', 'in', [...ids])
    .execute()

/** Targets that redirects may lead to (email.md §9.1); they stand before the first message leaves. */
export const insertTrackingLinks = (
  trx: Trx,
  accountId: string,
  campaignId: string,
  revision: number,
  links: readonly { position: number; target: string }[],
) =>
  sql`insert into tracking_links (account_id, campaign_id, content_revision, position, target)
    select ${accountId}, ${campaignId}, ${revision}, l.position, l.target
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (position integer, target text)
    on conflict do nothing`.execute(trx)

/** What a deleted person had begun and not finished passes on; what is over keeps its maker's name. */
export const handOverCampaigns = async (
  trx: Trx,
  accountId: string,
  from: { readonly userId: string },
  to: { readonly userId: string },
): Promise<void> => {
  await trx
    .updateTable('campaigns')
    .set({ created_by: to.userId, updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('created_by', '=', from.userId)
    .where('status', 'not in', ['finished', 'canceled', 'failed'])
    .execute()
}
