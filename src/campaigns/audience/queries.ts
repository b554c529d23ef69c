import { sql } from 'kysely'
import { type RenderingContact, type SendQuestion, sendDecision } from '../../contacts/index.ts'
import type { Trx } from '../../db/pool.ts'
import { audienceMembers, type MemberQuestion } from './members.ts'

/** Whom a campaign means, and the question that decides for each of them. */
export type AudienceScope = MemberQuestion & { readonly question: SendQuestion }

/** The send decision, then the group that is kept to compare with; over the aliases `a` and `c`. */
const reasonOf = ({ question }: AudienceScope) =>
  sql<string | null>`coalesce(${sendDecision(question)}, case when a.holdout then 'holdout' end)`

/** Two contacts cannot share an e-mail address (unique key), so that no duplicate is to be foreseen here. */
export const countByReason = async (trx: Trx, scope: AudienceScope) => {
  const { rows } = await sql<{ reason: string | null; n: number }>`
    select d.reason, count(*) as n from (
      select ${reasonOf(scope)} as reason
      from ${audienceMembers(scope)} a join contacts c on c.account_id = ${scope.accountId} and c.id = a.id
    ) d group by d.reason`.execute(trx)
  return rows
}

/** Reachable contacts with neither granted consent nor a recorded legitimate interest (email.md §6). */
export const countConsentUnknown = async (trx: Trx, scope: AudienceScope): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n
    from ${audienceMembers(scope)} a join contacts c on c.account_id = ${scope.accountId} and c.id = a.id
    left join contact_channels k on k.account_id = ${scope.accountId} and k.contact_id = c.id and k.channel = 'email'
    where coalesce(k.consent ->> 'marketing', 'unknown') <> 'granted'
      and coalesce(k.basis ->> 'marketing', 'unknown') <> 'legitimate_interest'
      and ${reasonOf(scope)} is null`.execute(trx)
  return rows[0]?.n ?? 0
}

export type SampleRow = Pick<RenderingContact, 'id' | 'email' | 'first_name' | 'last_name'>

/** Some contacts with one reason, or who are reachable (null). */
export const sampleByReason = async (
  trx: Trx,
  scope: AudienceScope,
  reason: string | null,
  limit: number,
): Promise<SampleRow[]> => {
  const { rows } = await sql<SampleRow>`
    select d.id, d.email, d.first_name, d.last_name from (
      select c.id, c.email, c.first_name, c.last_name, ${reasonOf(scope)} as reason
      from ${audienceMembers(scope)} a join contacts c on c.account_id = ${scope.accountId} and c.id = a.id
    ) d where d.reason is not distinct from ${reason}::text order by d.id limit ${limit}`.execute(trx)
  return rows
}

/** The next reachable contacts by id, for walks through a whole audience. */
export const listReachableIds = async (
  trx: Trx,
  scope: AudienceScope,
  after: string,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select c.id from ${audienceMembers(scope)} a join contacts c on c.account_id = ${scope.accountId} and c.id = a.id
    where c.id > ${after}::uuid and ${reasonOf(scope)} is null
    order by c.id limit ${limit}`.execute(trx)
  return rows.map((row) => row.id)
}

export type Neighbours = { first: string | null; previous: string | null; next: string | null }

/** Beside a contact in the audience, or among all contacts with an address while there is no audience. */
export const findNeighbours = async (
  trx: Trx,
  scope: AudienceScope,
  contactId: string | null,
): Promise<Neighbours> => {
  const people =
    scope.followUp || scope.audience.group_ids.length > 0
      ? sql`select a.id from ${audienceMembers(scope)} a`
      : sql`select c.id from contacts c where c.account_id = ${scope.accountId}
          and c.email is not null and c.state = 'active'`
  const { rows } = await sql<Neighbours>`
    with people as (${people})
    select (select id from people order by id limit 1) as first,
      (select id from people where id < ${contactId}::uuid order by id desc limit 1) as previous,
      (select id from people where id > ${contactId}::uuid order by id limit 1) as next`.execute(trx)
  return rows[0] ?? { first: null, previous: null, next: null }
}
