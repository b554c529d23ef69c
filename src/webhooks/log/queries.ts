import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Replay } from '../contract.ts'
import type { DeliveryRow } from '../delivery/queries.ts'

const kept = sql`d.at > app_now() - interval '30 days'`
const ofEvent = (pattern: string | undefined) =>
  pattern === undefined
    ? sql`true`
    : pattern.endsWith('.*')
      ? sql`starts_with(d.event_type, ${pattern.slice(0, -1)})`
      : sql`d.event_type = ${pattern}`

export const listDeliveries = async (
  trx: Trx,
  accountId: string,
  endpointId: string,
  filter: { readonly state?: string | undefined; readonly event?: string | undefined },
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly DeliveryRow[]> => {
  const { rows } = await sql<DeliveryRow>`select d.* from webhook_deliveries d
    where d.account_id = ${accountId} and d.endpoint_id = ${endpointId} and ${kept}
      and ${page.after === null ? sql`true` : sql`d.id < ${page.after}`}
      and ${filter.state === undefined ? sql`true` : sql`d.state = ${filter.state}`}
      and ${ofEvent(filter.event)}
    order by d.id desc limit ${page.limit}`.execute(trx)
  return rows
}

/** Each event once, however many attempts of it are meant; what waits already is left to itself. */
export const insertReplays = async (
  trx: Trx,
  accountId: string,
  endpointId: string,
  wish: Replay,
  max: number,
): Promise<number> => {
  const conditions = [
    wish.delivery_ids ? sql`d.id = any(${[...wish.delivery_ids]}::uuid[])` : sql`true`,
    wish.state ? sql`d.state = ${wish.state}` : sql`d.state not in ('waiting', 'claimed')`,
    wish.from ? sql`d.event_at >= ${new Date(wish.from)}` : sql`true`,
    wish.to ? sql`d.event_at < ${new Date(wish.to)}` : sql`true`,
    ofEvent(wish.event),
  ]
  const { rows } = await sql`insert into webhook_deliveries
      (account_id, id, endpoint_id, event_id, event_type, event_at, replay, next_at)
    select ${accountId}, uuid_v7(), ${endpointId}, m.event_id, m.event_type, m.event_at, true, app_now() from (
      select distinct d.event_id, d.event_type, d.event_at from webhook_deliveries d
      join webhook_events v on v.account_id = ${accountId} and v.id = d.event_id and v.at = d.event_at
      where d.account_id = ${accountId} and d.endpoint_id = ${endpointId} and ${kept}
        and d.event_type <> 'webhook.test' and ${sql.join(conditions, sql` and `)}
        and not exists (select from webhook_deliveries w where w.account_id = ${accountId}
          and w.endpoint_id = ${endpointId} and w.event_id = d.event_id and w.state in ('waiting', 'claimed'))
      order by d.event_at, d.event_id limit ${max}) m
    returning id`.execute(trx)
  return rows.length
}

/** A dead letter that is sent once more is none any longer. */
export const reviveDeadLetters = (trx: Trx, accountId: string, endpointId: string) =>
  sql`update webhook_deliveries d set state = 'failed'
    where d.account_id = ${accountId} and d.endpoint_id = ${endpointId} and d.state in ('dead', 'expired')
      and exists (select from webhook_deliveries w where w.account_id = ${accountId} and w.endpoint_id = ${endpointId}
        and w.event_id = d.event_id and w.state = 'waiting' and w.replay)`.execute(trx)

/** A test stands in the log like any attempt, without its challenge. */
export const insertTestEvent = async (trx: Trx, accountId: string, id: string, at: Date) =>
  sql`insert into webhook_events (account_id, id, at, type, payload)
    values (${accountId}, ${id}, ${at}, 'webhook.test', '{}')`.execute(trx)
