import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { RowChoice } from '../../messages/index.ts'
import type { RowSelection } from './contract.ts'

/** The chosen rows of the ledger, over the alias `m`. */
export const isChosen = ({ message_ids: ids, provider_id: provider, domain }: RowSelection): RowChoice =>
  sql<boolean>`(
    ${ids ? sql`m.message_id = any(${[...ids]}::uuid[])` : sql`true`}
    and ${provider ? sql`m.provider_id = ${provider}` : sql`true`}
    and ${domain ? sql`lower(substring(m.address from '@([^@]*)$')) = ${domain.toLowerCase()}` : sql`true`})`

/** Planned rows that wait for another attempt or for a provider, over the alias `m`. */
export const isRetryWaiting = (selection: RowSelection): RowChoice =>
  sql<boolean>`(m.next_attempt_at is not null and ${isChosen(selection)})`

export type DifferenceRow = {
  kind: 'missing' | 'surplus'
  key: string
  contact_id: string | null
  message_id: string | null
  address: string | null
}

/** Contacts of the audience without a row, then rows without such a contact, each by its key. */
export const listDifferenceRows = async (
  trx: Trx,
  run: { accountId: string; campaignId: string },
  after: { kind: string; key: string } | null,
  limit: number,
): Promise<DifferenceRow[]> => {
  const { accountId, campaignId } = run
  const beyond = (kind: string, key: ReturnType<typeof sql>) => {
    if (!after) return sql`true`
    if (after.kind === kind) return sql`${key} > ${after.key}`
    return after.kind < kind ? sql`true` : sql`false`
  }
  const { rows } = await sql<DifferenceRow>`
    select * from (
      select 'missing' as kind, a.contact_id::text as key, a.contact_id, null::uuid as message_id, c.email as address
      from audience_members a left join contacts c on c.account_id = ${accountId} and c.id = a.contact_id
      where a.account_id = ${accountId} and a.campaign_id = ${campaignId} and ${beyond('missing', sql`a.contact_id::text`)}
        and not exists (select from messages m where m.account_id = ${accountId} and m.source_id = ${campaignId}
          and m.recipient_key = a.contact_id::text)
      order by a.contact_id limit ${limit}) missing
    union all
    select * from (
      select 'surplus', m.recipient_key, m.contact_id, m.message_id, m.address from messages m
      where m.account_id = ${accountId} and m.source_id = ${campaignId} and ${beyond('surplus', sql`m.recipient_key`)}
        and not exists (select from audience_members a where a.account_id = ${accountId}
          and a.campaign_id = ${campaignId} and a.contact_id = m.recipient_key::uuid)
      order by m.recipient_key limit ${limit}) surplus
    order by 1, 2 limit ${limit}`.execute(trx)
  return rows
}

export const listProofRows = (
  trx: Trx,
  run: { accountId: string; campaignId: string; runMonth: string },
  after: string | null,
  limit: number,
) => {
  let query = trx
    .selectFrom('messages')
    .selectAll()
    .where('account_id', '=', run.accountId)
    .where('source_id', '=', run.campaignId)
    .where('run_month', '=', run.runMonth)
  if (after) query = query.where('recipient_key', '>', after)
  return query.orderBy('recipient_key').limit(limit).execute()
}
export type ProofRow = Awaited<ReturnType<typeof listProofRows>>[number]
