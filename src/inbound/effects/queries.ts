import { sql } from 'kysely'
import { bounceWordsOf } from '../../channels/email/bounce-classes.ts'
import type { Trx } from '../../db/pool.ts'

export type NewBounce = {
  readonly message_id: string
  readonly source_id: string
  readonly run_month: string
  readonly contact_id: string | null
  /** Hexadecimal. */
  readonly address_hash: string
  readonly receiver: string | null
  readonly class: string
  readonly code: string
  readonly text: string
  readonly origin: string
  readonly counts: boolean
}

/** Writes each message's bounce once; answers the messages whose first report this is. */
export const insertBounces = async (
  trx: Trx,
  accountId: string,
  bounces: readonly NewBounce[],
): Promise<Set<string>> => {
  if (bounces.length === 0) return new Set()
  const { rows } = await sql<{ message_id: string }>`
    insert into message_bounces (account_id, message_id, source_id, run_month, contact_id, address_hash, receiver, class,
      code, text, origin, counts, sent_at)
    select ${accountId}, b.message_id, b.source_id, b.run_month, b.contact_id, decode(b.address_hash, 'hex'), b.receiver,
      b.class, b.code, left(b.text, 500), b.origin, b.counts,
      coalesce((select coalesce(m.handed_at, m.planned_at) from messages m where m.account_id = ${accountId}
        and m.message_id = b.message_id and m.run_month = b.run_month), app_now())
    from jsonb_to_recordset(${JSON.stringify(bounces)}::jsonb) as b(message_id uuid, source_id uuid, run_month date,
      contact_id uuid, address_hash text, receiver text, class text, code text, text text, origin text, counts boolean)
    order by b.message_id
    on conflict do nothing returning message_id`.execute(trx)
  return new Set(rows.map((row) => row.message_id))
}

const hexes = (hashes: readonly string[]) => sql`${[...hashes]}::text[]`

/** Hard bounces that count, by address (hexadecimal hash). */
export const countHardBounces = async (
  trx: Trx,
  accountId: string,
  hashes: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ hash: string; n: number }>`
    select encode(b.address_hash, 'hex') as hash, count(*) as n
    from unnest(${hexes(hashes)}) as asked(hash)
    join message_bounces b on b.account_id = ${accountId} and b.address_hash = decode(asked.hash, 'hex')
    where b.counts and b.class = any(${bounceWordsOf('hard')}::text[])
    group by 1`.execute(trx)
  return new Map(rows.map((row) => [row.hash, row.n]))
}

/** Too large is the message's fault, and what no rule knows is nobody's yet (email.md §11.1). */
const uncountedSoft = new Set<string>(['too_large', 'unknown'])
const softWords = bounceWordsOf('soft').filter((word) => !uncountedSoft.has(word))

export const isCountedSoft = (word: string): boolean => (softWords as string[]).includes(word)

/**
 * Addresses that bounced softly in so many sends over so many days, no send between them having arrived. A send counts as
 * arrived unless it has bounced by now.
 */
export const findTiredAddresses = async (
  trx: Trx,
  accountId: string,
  addresses: readonly { hash: string; contactId: string | null; address: string }[],
  limits: { sends: number; days: number },
): Promise<Set<string>> => {
  if (addresses.length === 0) return new Set()
  const { rows } = await sql<{ hash: string }>`
    select asked.hash
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as asked(hash text, "contactId" uuid, address text)
    cross join lateral (
      select max(coalesce(m.handed_at, m.planned_at)) as at from messages m
      where m.account_id = ${accountId} and m.contact_id = asked."contactId" and m.channel = 'email'
        and lower(m.address) = lower(asked.address) and m.source_kind <> 'test' and m.state = 'accepted'
        and m.delivery_status not in ('undelivered', 'expired')
    ) arrived
    join message_bounces b on b.account_id = ${accountId} and b.address_hash = decode(asked.hash, 'hex') and b.counts
      and b.class = any(${softWords}::text[]) and (arrived.at is null or b.sent_at > arrived.at)
    group by asked.hash
    having count(distinct b.source_id) >= ${limits.sends}
      and max(b.at) - min(b.at) >= make_interval(days => ${limits.days})`.execute(trx)
  return new Set(rows.map((row) => row.hash))
}

/** What the run learned after its end (sending.md §2.1 rule 3); sources that are no campaign have no journal. */
export const insertLateJournal = (
  trx: Trx,
  accountId: string,
  campaignId: string,
  detail: { accepted: number; rejected: number },
) =>
  sql`insert into run_journal (account_id, campaign_id, id, kind, actor, detail)
    select ${accountId}, c.id, uuid_v7(), 'late_receipt', '{"kind":"system"}'::jsonb, ${JSON.stringify(detail)}::jsonb
    from campaigns c where c.account_id = ${accountId} and c.id = ${campaignId}`.execute(trx)
