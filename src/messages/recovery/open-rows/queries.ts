import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import { domainOf } from '../../queue/queries.ts'

export type OpenRows = { to_send: boolean; handed: boolean; unresolved: boolean }

/** What is open in a source, by the queue, the leases and the index of missing answers; the ledger itself is not read. */
export const findKnownOpenRows = async (trx: Trx, accountId: string, sourceId: string): Promise<OpenRows> => {
  const { rows } = await sql<OpenRows>`
    with held as (
      select m.state from leases l join messages m on m.account_id = ${accountId} and m.run_month = l.run_month
        and m.message_id = any(l.message_ids) and m.lease_id = l.id
      where l.account_id = ${accountId} and l.source_id = ${sourceId}
    )
    select exists (select from message_queue where account_id = ${accountId} and source_id = ${sourceId})
        or exists (select from held where state = 'claimed') as to_send,
      exists (select from held where state = 'handed') as handed,
      exists (select from messages where account_id = ${accountId} and source_id = ${sourceId}
        and open_since is not null) as unresolved`.execute(trx)
  return rows[0] ?? { to_send: false, handed: false, unresolved: false }
}

/**
 * Reads the whole ledger of a source for rows that are open although nothing knows of them: planned without a place in the
 * queue, claimed or handed without a lease. Such rows cannot come to be; if they do, nobody is lost by it. Answers how many.
 */
export const repairSource = async (trx: Trx, accountId: string, sourceId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with lost as (
      update messages m set state = case when m.state = 'handed' then 'uncertain' else 'planned' end,
        attempts = m.attempts + case when m.state = 'handed' then 1 else 0 end, lease_id = null, lease_epoch = null
      where m.account_id = ${accountId} and m.source_id = ${sourceId} and (
        (m.state = 'planned' and not exists (select from message_queue q
          where q.account_id = ${accountId} and q.message_id = m.message_id))
        or (m.state in ('claimed', 'handed') and not exists (select from leases l
          where l.account_id = ${accountId} and l.id = m.lease_id)))
      returning m.message_id, m.run_month, m.recipient_key, m.lane, m.address, m.state, m.next_attempt_at
    ), waiting as (
      insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, due_at, domain)
      select ${accountId}, message_id, ${sourceId}, run_month, recipient_key, lane, coalesce(next_attempt_at, app_now()),
        ${domainOf(sql`address`)}
      from lost where state = 'planned'
      on conflict (account_id, message_id) do nothing
    )
    select count(*) as n from lost`.execute(trx)
  return rows[0]?.n ?? 0
}
