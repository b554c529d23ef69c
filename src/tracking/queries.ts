import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

/** The message a link belongs to, as the ledger knows it. */
export type TrackedMessage = {
  readonly source_id: string
  readonly source_kind: 'campaign' | 'transactional' | 'test'
  readonly contact_id: string | null
  readonly anonymous: boolean
}

/** What an open or click needs to know, in one statement: the stored target and the message's ledger row. */
export const findTracked = async (
  trx: Trx,
  accountId: string,
  link: { campaignId: string; revision: number; position: number; messageId: string; runMonth: string },
): Promise<{ target: string | null; message: TrackedMessage | null }> => {
  const { rows } = await sql<TrackedMessage & { target: string | null; found: boolean }>`
    select t.target, m.message_id is not null as found, m.source_id, m.source_kind, m.contact_id,
      coalesce((r.content #>> '{tracking,anonymous}')::boolean, false) as anonymous
    from (values (1)) as one
    left join tracking_links t on t.account_id = ${accountId} and t.campaign_id = ${link.campaignId}
      and t.content_revision = ${link.revision} and t.position = ${link.position}
    left join campaign_revisions r on r.account_id = ${accountId} and r.campaign_id = ${link.campaignId}
      and r.n = ${link.revision}
    left join messages m on m.account_id = ${accountId} and m.message_id = ${link.messageId}
      and m.run_month = ${link.runMonth}::date`.execute(trx)
  const row = rows[0]
  if (!row) return { target: null, message: null }
  const { target, found, ...message } = row
  return { target, message: found ? message : null }
}

export type NewHit = {
  readonly id: string
  readonly eventId: string
  readonly sourceId: string
  readonly messageId: string
  readonly contactId: string | null
  readonly kind: 'open' | 'click'
  readonly position: number | null
  readonly url: string | null
  readonly method: string
  readonly ipTrunc: string | null
  readonly userAgent: string | null
  readonly headers: Readonly<Record<string, string>>
}

/** One raw hit and its event; every hit is kept, repeated ones too (email.md §9.2). */
export const insertHit = (trx: Trx, accountId: string, hit: NewHit) =>
  sql`
    with hit as (
      insert into tracking_hits (account_id, id, campaign_id, message_id, contact_id, kind, position, url, method, ip_trunc,
        user_agent, headers)
      values (${accountId}, ${hit.id}, ${hit.sourceId}, ${hit.messageId}, ${hit.contactId}, ${hit.kind}, ${hit.position},
        ${hit.url}, ${hit.method}, ${hit.ipTrunc}, ${hit.userAgent}, ${JSON.stringify(hit.headers)}::jsonb)
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, raw_ref, detail)
    values (${accountId}, ${hit.eventId}, ${hit.messageId}, ${hit.sourceId}, ${hit.contactId},
      ${hit.kind === 'open' ? 'opened' : 'clicked'}, ${hit.id},
      ${JSON.stringify({ method: hit.method, position: hit.position, url: hit.url })}::jsonb)`.execute(trx)
