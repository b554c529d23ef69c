import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import { domainOf } from '../queue/queries.ts'

export type Decision = (contact: string) => RawBuilder<string | null>
export type HashBlocks = { readonly inner: Buffer; readonly outer: Buffer }

/**
 * Writes ledger rows for the next contacts of the frozen audience, in the order of their ids. A contact with a reason
 * becomes `suppressed` at once; of two contacts sharing an address the later one is `duplicate_address`: the unique index
 * does not let it in, so nothing is looked up in a run whose statistics are still those of an empty one.
 * Answers the last contact written, null when none was left. A repeated chunk writes nothing twice (primary key).
 */
export const planChunk = async (
  trx: Trx,
  run: { accountId: string; campaignId: string; runMonth: string; revision: number },
  after: string,
  decision: RawBuilder<string | null>,
  hash: HashBlocks,
  rowsMax: number,
): Promise<string | null> => {
  const { rows } = await sql<{ last: string | null }>`
    with chunk as materialized (
      select contact_id from audience_members
      where account_id = ${run.accountId} and campaign_id = ${run.campaignId} and contact_id > ${after}::uuid
      order by contact_id limit ${rowsMax}
    ), decided as materialized (
      select chunk.contact_id, c.email, keyed_hash(${hash.inner}, ${hash.outer}, c.email_key) as address_hash,
        case when c.id is null then 'contact_deleted' else ${decision} end as reason
      from chunk left join contacts c on c.account_id = ${run.accountId} and c.id = chunk.contact_id
    ), lane as (
      select coalesce((select lane from campaigns where account_id = ${run.accountId} and id = ${run.campaignId}), 3) as n
    ), written as (
      insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, contact_id,
        address, address_hash, state, reason, lane, content_revision, final_at)
      select ${run.accountId}, ${run.campaignId}, contact_id::text, 'email', ${run.runMonth}::date, 'campaign', uuid_v7(),
        contact_id, email, address_hash, case when reason is null then 'planned' else 'suppressed' end, reason,
        (select n from lane), ${run.revision}, case when reason is not null then app_now() end
      from decided order by decided.contact_id
      on conflict do nothing
      returning message_id, recipient_key, contact_id, lane, address, state
    ), waiting as (
      insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, domain)
      select ${run.accountId}, message_id, ${run.campaignId}, ${run.runMonth}::date, recipient_key, lane,
        ${domainOf(sql`address`)}
      from written where state = 'planned'
    ), repeated as (
      insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, contact_id,
        address, address_hash, state, reason, lane, content_revision, final_at)
      select ${run.accountId}, ${run.campaignId}, contact_id::text, 'email', ${run.runMonth}::date, 'campaign', uuid_v7(),
        contact_id, email, address_hash, 'suppressed', 'duplicate_address', (select n from lane), ${run.revision}, app_now()
      from decided
      where contact_id = any(array(select contact_id from decided except select contact_id from written))
      on conflict (account_id, source_id, recipient_key, channel, run_month) do nothing
    )
    select max(contact_id::text) as last from chunk`.execute(trx)
  return rows[0]?.last ?? null
}

export type SingleRow = {
  accountId: string
  sourceId: string
  kind: 'test' | 'transactional'
  /** Also the row's recipient key: a request may write to one address twice. */
  messageId: string
  runMonth: string
  contactId: string | null
  address: string
  addressHash: Buffer
  revision: number
  lane: number
}

/** One message of its own, not of a run: its ledger row and its place in the queue. */
export const insertSingleRow = (trx: Trx, row: SingleRow) =>
  sql`
    with written as (
      insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, contact_id,
        address, address_hash, lane, content_revision)
      values (${row.accountId}, ${row.sourceId}, ${row.messageId}, 'email', ${row.runMonth}::date, ${row.kind},
        ${row.messageId}, ${row.contactId}, ${row.address}, ${row.addressHash}, ${row.lane}, ${row.revision})
    )
    insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, domain)
    values (${row.accountId}, ${row.messageId}, ${row.sourceId}, ${row.runMonth}::date, ${row.messageId}, ${row.lane},
      ${domainOf(sql`${row.address}::text`)})`.execute(trx)

/** Cancel is set-based and needs no living worker: what has not been handed over never leaves. */
export const suppressOpenRows = async (trx: Trx, accountId: string, sourceId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with gone as (
      update messages set state = 'suppressed', reason = 'canceled', final_at = app_now(), next_attempt_at = null,
        lease_id = null, lease_epoch = null
      where account_id = ${accountId} and source_id = ${sourceId} and state in ('planned', 'claimed')
      returning 1), nobody_waits as (
      delete from message_queue where account_id = ${accountId} and source_id = ${sourceId})
    select count(*) as n from gone`.execute(trx)
  return rows[0]?.n ?? 0
}

export type LedgerFilter = {
  state?: string
  reason?: string
  delivery_status?: string
  contact_id?: string
  q?: string
}

export const listLedgerRows = (
  trx: Trx,
  accountId: string,
  sourceId: string,
  filter: LedgerFilter,
  after: string | null,
  limit: number,
) => {
  let query = trx
    .selectFrom('messages')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('source_id', '=', sourceId)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.reason) query = query.where('reason', '=', filter.reason)
  if (filter.delivery_status) query = query.where('delivery_status', '=', filter.delivery_status)
  if (filter.contact_id) query = query.where('contact_id', '=', filter.contact_id)
  if (filter.q) query = query.where('address', 'ilike', `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (after) query = query.where('message_id', '>', after)
  return query.orderBy('message_id').limit(limit).execute()
}

export type LedgerRow = Awaited<ReturnType<typeof listLedgerRows>>[number]
