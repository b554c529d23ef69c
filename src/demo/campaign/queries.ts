import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type Run = {
  readonly accountId: string
  readonly campaignId: string
  readonly runMonth: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

export const insertCampaign = async (
  trx: Trx,
  run: Run,
  given: {
    name: string
    language: string
    groupId: string
    content: object
    createdAt: Date
    links: readonly string[]
  },
): Promise<void> => {
  const { accountId, campaignId, startedAt, finishedAt } = run
  await trx
    .insertInto('campaigns')
    .values({
      account_id: accountId,
      id: campaignId,
      name: given.name,
      language: given.language,
      audience: JSON.stringify({ group_ids: [given.groupId], exclude_group_ids: [] }),
      status: 'finished',
      content_revision: 1,
      run_month: run.runMonth,
      simulated: true,
      demo: true,
      started_at: startedAt,
      finished_at: finishedAt,
      planned_all_at: startedAt,
      created_at: given.createdAt,
      updated_at: finishedAt,
    })
    .execute()
  await sql`insert into campaign_revisions (account_id, campaign_id, n, content, created_at)
    values (${accountId}, ${campaignId}, 1, ${JSON.stringify(given.content)}::jsonb, ${given.createdAt})`.execute(
    trx,
  )
  await sql`insert into tracking_links (account_id, campaign_id, content_revision, position, target)
    select ${accountId}, ${campaignId}, 1, position, target
    from unnest(${[...given.links]}::text[]) with ordinality as l(target, position)`.execute(trx)
}

/** The frozen audience: the members of the group at the start. */
export const freezeMembers = async (trx: Trx, run: Run, groupId: string): Promise<string[]> => {
  const { rows } = await sql<{ contact_id: string }>`
    insert into audience_members (account_id, campaign_id, contact_id)
    select ${run.accountId}, ${run.campaignId}, contact_id from contact_group_members
    where account_id = ${run.accountId} and group_id = ${groupId} and state = 'member'
    returning contact_id`.execute(trx)
  return rows.map((row) => row.contact_id)
}

export type MessageRow = {
  message_id: string
  contact_id: string
  state: string
  reason: string | null
  resolution: string | null
  delivery_status: string
  basis: string | null
  flags: readonly string[]
  attempts: number
  answer: object | null
  handed_at: Date | null
  final_at: Date
}

export const insertMessages = (
  trx: Trx,
  run: Run,
  messages: readonly MessageRow[],
  hash: { readonly inner: Buffer; readonly outer: Buffer },
) =>
  sql`
    insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, contact_id,
      address, address_hash, state, reason, resolution, delivery_status, basis, flags, attempts, answer, planned_at,
      handed_at, final_at)
    select ${run.accountId}, ${run.campaignId}, m.contact_id::text, 'email', ${run.runMonth}::date, 'campaign',
      m.message_id, m.contact_id, c.email, keyed_hash(${hash.inner}, ${hash.outer}, c.email_key), m.state, m.reason,
      m.resolution, m.delivery_status, m.basis, m.flags, m.attempts, nullif(m.answer, 'null'), ${run.startedAt},
      m.handed_at, m.final_at
    from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as m(message_id uuid, contact_id uuid, state text,
      reason text, resolution text, delivery_status text, basis text, flags text[], attempts int, answer jsonb,
      handed_at timestamptz, final_at timestamptz)
    join contacts c on c.account_id = ${run.accountId} and c.id = m.contact_id`.execute(trx)

export const insertAttempts = (trx: Trx, run: Run) =>
  sql`
    insert into message_attempts (account_id, message_id, n, source_id, handed_at, answered_at, answer_class, code, text,
      at)
    select ${run.accountId}, message_id, 1, source_id, handed_at, final_at, answer ->> 'class', answer ->> 'code',
      answer ->> 'text', handed_at
    from messages where account_id = ${run.accountId} and source_id = ${run.campaignId} and handed_at is not null`.execute(
    trx,
  )

export type EventRow = { message_id: string; contact_id: string; kind: string; at: Date; detail: object }

export const insertEvents = (trx: Trx, run: Run, events: readonly EventRow[]) =>
  sql`
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail, received_at, at)
    select ${run.accountId}, uuid_v7(), e.message_id, ${run.campaignId}, e.contact_id, e.kind, e.detail, e.at, e.at
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(message_id uuid, contact_id uuid, kind text,
      at timestamptz, detail jsonb)`.execute(trx)

export type HitRow = {
  message_id: string
  contact_id: string
  kind: string
  position: number | null
  url: string | null
  at: Date
}

export const insertHits = (trx: Trx, run: Run, hits: readonly HitRow[]) =>
  sql`
    insert into tracking_hits (account_id, id, campaign_id, message_id, contact_id, kind, position, url, method, at)
    select ${run.accountId}, uuid_v7(), ${run.campaignId}, h.message_id, h.contact_id, h.kind, h.position, h.url, 'GET', h.at
    from jsonb_to_recordset(${JSON.stringify(hits)}::jsonb) as h(message_id uuid, contact_id uuid, kind text,
      position int, url text, at timestamptz)`.execute(trx)

export const insertJournal = (
  trx: Trx,
  run: Run,
  lines: readonly { kind: string; at: Date; detail: object }[],
) =>
  sql`
    insert into run_journal (account_id, campaign_id, id, at, kind, actor, detail)
    select ${run.accountId}, ${run.campaignId}, uuid_v7(), j.at, j.kind, '{"kind": "system"}', j.detail
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as j(kind text, at timestamptz, detail jsonb)`.execute(
    trx,
  )
