import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Channel, SendReason } from '../shapes/contract.ts'

export type SendQuestion = {
  readonly accountId: string
  readonly channel: Channel
  /** Transactional messages ask only the rows with "yes" in the transactional column of contacts.md §6. */
  readonly purpose?: 'marketing' | 'transactional'
  /** The public group a campaign names as its topic. */
  readonly topicId?: string | null
  /** Groups of the audience: a contact who unsubscribed from every one that reaches him is left out. */
  readonly groupIds?: readonly string[] | null
  /** Consent is required by the account's channel setting or by the topic. */
  readonly requireConsent: boolean
  /** `accountKeys(…).addressHash`, or where the statement finds the hash of the address it is going to write to. */
  readonly hash: { readonly inner: Buffer; readonly outer: Buffer } | { readonly stored: RawBuilder<Buffer> }
}

const hashOf = (hash: SendQuestion['hash'], address: RawBuilder<string | null>): RawBuilder<Buffer> =>
  'stored' in hash
    ? hash.stored
    : sql<Buffer>`keyed_hash(${hash.inner}::bytea, ${hash.outer}::bytea, ${address})`

/** The column of contact `c` that a channel writes to; push has devices, which come with its own issue. */
const addressColumn = (channel: Channel): RawBuilder<string | null> => {
  switch (channel) {
    case 'email':
      return sql`c.email_key`
    case 'sms':
    case 'rcs':
      return sql`c.phone`
    case 'push':
      return sql`null::text`
  }
}

/** Reasons of suppressions in the order of the chain; `unsubscribed` comes later in it than the others. */
const suppressionOrder = sql`array_position(array['invalid_address', 'erased', 'hard_bounced',
  'soft_bounced_repeatedly', 'complained', 'blacklisted_address', 'blacklisted_domain', 'unsubscribed'], s.reason)`

const suppression = (question: SendQuestion, address: RawBuilder<string | null>) => {
  const { accountId, channel, hash, topicId } = question
  const kinds =
    question.purpose === 'transactional'
      ? sql`s.kind = 'all' and s.reason not in ('complained', 'unsubscribed')`
      : sql`(s.kind in ('all', 'campaigns') or (s.kind in ('topic', 'group') and s.scope = ${topicId ?? null}::text))`
  return sql`select s.reason from suppressions s
    where s.account_id = ${accountId} and s.channel = ${channel}
      and s.address_hash = ${hashOf(hash, address)}
      and (s.scope = 'account' or s.kind in ('topic', 'group'))
      and (s.expires_at is null or s.expires_at > app_now())
      and (s.lifted_until is null or s.lifted_until <= app_now()) and ${kinds}
    order by ${suppressionOrder} limit 1`
}

/** The uncorrelated `exists` spares accounts without domain rules the work per contact. */
const domainRule = ({ accountId, channel }: SendQuestion) =>
  channel !== 'email'
    ? sql`false`
    : sql`exists (select 1 from suppression_domains any_rule where any_rule.account_id = ${accountId})
      and exists (
        select 1 from string_to_array(split_part(c.email_key, '@', 2), '.') parts,
          generate_subscripts(parts, 1) i, suppression_domains d
        where d.account_id = ${accountId} and d.domain = array_to_string(parts[i:], '.') and (i = 1 or d.with_subdomains))`

const leftTopic = ({ accountId, topicId }: SendQuestion) =>
  topicId
    ? sql`exists (select 1 from contact_group_members l where l.account_id = ${accountId}
        and l.group_id = ${topicId} and l.contact_id = c.id and l.state = 'left')`
    : sql`false`

/** Unsubscribed from the topic, or from every audience group that reaches the contact (email.md §10.1). */
const unsubscribedHere = ({ accountId, topicId, groupIds }: SendQuestion) => sql`(
  ch.unsubscribed_at is not null
  or (${topicId ?? null}::uuid is not null and ${topicId ?? null}::uuid = any(ch.unsubscribed_topics))
  ${
    groupIds && groupIds.length > 0
      ? sql`or (cardinality(ch.unsubscribed_topics) > 0 and not exists (
          select 1 from contact_group_members m where m.account_id = ${accountId} and m.contact_id = c.id
            and m.group_id = any(${[...groupIds]}::uuid[]) and m.state = 'member'
            and m.group_id <> all(ch.unsubscribed_topics)))`
      : sql``
  })`

const marketingReasons = (question: SendQuestion) => sql`
  when s.reason = 'unsubscribed' or ${unsubscribedHere(question)} then 'unsubscribed'
  when ${leftTopic(question)} then 'group_left'
  when ch.consent ->> 'marketing' = 'withdrawn' then 'no_consent'
  when ${question.requireConsent} and coalesce(ch.consent ->> 'marketing', 'unknown') <> 'granted' then 'no_consent'`

/**
 * One expression for a contact aliased `c` (of `contacts`): the first reason of contacts.md §6 that holds, or null.
 * Made for `insert … select` over many contacts: every look-up inside goes by a primary or unique key.
 */
export const sendDecision = (question: SendQuestion): RawBuilder<SendReason | null> => {
  const address = addressColumn(question.channel)
  const marketing = question.purpose !== 'transactional'
  return sql<SendReason | null>`(
    select case
      when ${address} is null then 'no_address'
      when s.reason <> 'unsubscribed' then s.reason
      when ${domainRule(question)} then 'blacklisted_domain'
      when c.state = 'restricted' then 'restricted'
      ${marketing ? sql`when c.state = 'archived' then 'archived'` : sql``}
      when ch.blocked_at is not null then 'channel_blocked'
      ${marketing ? marketingReasons(question) : sql``}
    end
    from (values (1)) one
    left join lateral (${suppression(question, address)}) s on true
    left join contact_channels ch on ch.account_id = ${question.accountId} and ch.contact_id = c.id
      and ch.channel = ${question.channel})`
}

/** The decision for one contact; undefined when there is no such contact. */
export const decideForContact = async (trx: Trx, id: string, question: SendQuestion) => {
  const { rows } = await sql<{ reason: SendReason | null }>`
    select ${sendDecision(question)} as reason from contacts c
    where c.account_id = ${question.accountId} and c.id = ${id}`.execute(trx)
  return rows[0]
}

/** How many members of a group each channel may write to. */
export const countSendable = async (
  trx: Trx,
  accountId: string,
  groupId: string,
  hash: SendQuestion['hash'],
) => {
  const sendable = (channel: Channel) =>
    sql<number>`count(*) filter (where ${sendDecision({ accountId, channel, requireConsent: false, hash })} is null)`
  const { rows } = await sql<{ email: number; sms: number; push: number; rcs: number }>`
    select ${sendable('email')} as email, ${sendable('sms')} as sms, 0::bigint as push, ${sendable('rcs')} as rcs
    from contact_group_members m join contacts c on c.account_id = ${accountId} and c.id = m.contact_id
    where m.account_id = ${accountId} and m.group_id = ${groupId} and m.state = 'member'`.execute(trx)
  return rows[0] ?? { email: 0, sms: 0, push: 0, rcs: 0 }
}
