import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import { prepared } from '../../../db/prepared.ts'
import type { Held } from '../claim/queries.ts'

export type HandOver = {
  readonly messageIds: readonly string[]
  /** Claimed rows without a rendering: decided, not lost. */
  readonly unrendered: readonly string[]
  /** The send decision over the contact `c` and the row `m`; null where nothing is decided again. */
  readonly decision: RawBuilder<string | null> | null
  readonly gated: boolean
  readonly providerId: string
  readonly revision: number
}

/** Holds the gate where it is until the hand-off has committed: a pause waits for it, and none comes after a pause. */
const gateOf = ({ accountId, sourceId }: Held, gated: boolean) =>
  gated
    ? sql`select 1 from campaigns where account_id = ${accountId} and id = ${sourceId} and gate = 'open'
        and instance_held() is null for share`
    : sql`select 1 where instance_held() is null`

const reasonOf = (held: Held, given: HandOver) => {
  const unrendered = sql`when m.message_id = any(${given.unrendered as string[]}::uuid[]) then 'render_failed'`
  // The second suppression check: whoever unsubscribed since planning is not written to (sending.md §2.2).
  return given.decision
    ? sql`select coalesce(case when m.contact_id is null then null when c.id is null then 'contact_deleted'
          else ${given.decision} end, case ${unrendered} end) as reason
        from (values (1)) one left join contacts c on c.account_id = ${held.accountId} and c.id = m.contact_id`
    : sql`select case ${unrendered} end as reason`
}

/**
 * The only way to `handed` (sending.md §2.1 rule 1): claimed, own lease and epoch, lease alive by app_now(), gate open, and
 * nothing speaks against the recipient; else the row is decided. What is not answered here must not be sent. The reason is a
 * subquery per row, not a join: each look-up goes by a key, whatever the planner believes of a run that has just begun; its
 * `offset 0` keeps it from being worked out anew for each column.
 */
export const handRows = async (trx: Trx, held: Held, given: HandOver): Promise<string[]> => {
  const { rows } = await sql<{ message_id: string; state: string }>`${prepared}
    with gate as materialized (${gateOf(held, given.gated)})
    update messages m set (state, reason, handed_at, final_at, provider_id, content_revision, delivery_status, lease_id,
        lease_epoch) = (
      select case when d.reason is null then 'handed' else 'suppressed' end, d.reason,
        case when d.reason is null then app_now() else m.handed_at end, case when d.reason is not null then app_now() end,
        case when d.reason is null then ${given.providerId}::uuid else m.provider_id end,
        case when d.reason is null then ${given.revision}::int else m.content_revision end,
        case when d.reason is null then 'submitted' else m.delivery_status end,
        case when d.reason is null then m.lease_id end, case when d.reason is null then m.lease_epoch end
      from (${reasonOf(held, given)} offset 0) d)
    where m.account_id = ${held.accountId} and m.run_month = ${held.runMonth}::date
      and m.message_id = any(${given.messageIds as string[]}::uuid[]) and m.state = 'claimed'
      and m.lease_id = ${held.leaseId} and m.lease_epoch = ${held.epoch}
      and exists (select from gate)
      and exists (select from leases l where l.account_id = ${held.accountId} and l.id = ${held.leaseId}
        and l.epoch = ${held.epoch} and l.expires_at > app_now())
    returning m.message_id, m.state`.execute(trx)
  return rows.filter((row) => row.state === 'handed').map((row) => row.message_id)
}
