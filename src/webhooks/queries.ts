import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

/** One change of the webhooks of an account at a time: two makers cannot pass the limit together. */
export const lockWebhooks = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${accountId}`}, 0))`.execute(trx)

export type EndpointRow = {
  id: string
  name: string
  url: string
  secondary_url: string | null
  events: string[]
  auth_type: 'none' | 'basic' | 'bearer'
  auth_sealed: Buffer | null
  secret_sealed: Buffer
  old_secret_sealed: Buffer | null
  old_secret_until: Date | null
  retry_rule: 'standard' | 'A' | 'B'
  personal_data: 'full' | 'ids'
  enabled: boolean
  disabled_reason: 'by_user' | 'failing' | 'gone' | null
  proven_at: Date | null
  failing_since: Date | null
  last_status: number | null
  last_at: Date | null
  created_at: Date
  version: number
}
export type EndpointFigures = {
  success_rate: number | null
  oldest_waiting_at: Date | null
  dead_letters: number
}

const endpointsWhere = (accountId: string, condition: RawBuilder<unknown>) => sql<
  EndpointRow & EndpointFigures
>`
  select e.*, f.success_rate, f.oldest_waiting_at, f.dead_letters from webhook_endpoints e
  cross join lateral (
    select
      (count(*) filter (where d.state = 'succeeded' and d.attempted_at > app_now() - interval '24 hours'))::float8
        / nullif(count(*) filter (where d.state in ('succeeded', 'failed', 'dead')
          and d.attempted_at > app_now() - interval '24 hours'), 0) as success_rate,
      min(d.event_at) filter (where d.state in ('waiting', 'claimed')) as oldest_waiting_at,
      count(*) filter (where d.state in ('dead', 'expired')) as dead_letters
    from webhook_deliveries d where d.account_id = ${accountId} and d.endpoint_id = e.id
      and d.at > app_now() - interval '30 days' and d.event_type <> 'webhook.test'
  ) f
  where e.account_id = ${accountId} and ${condition}`

export const listEndpoints = async (trx: Trx, accountId: string, after: string | null, limit: number) => {
  const condition = after === null ? sql`true` : sql`e.id < ${after}`
  const ordered = sql`${condition} order by e.id desc limit ${limit}`
  return (await endpointsWhere(accountId, ordered).execute(trx)).rows
}

export const findEndpointView = async (trx: Trx, accountId: string, id: string) =>
  (await endpointsWhere(accountId, sql`e.id = ${id}`).execute(trx)).rows[0] ?? null

export const findEndpoint = async (trx: Trx, accountId: string, id: string): Promise<EndpointRow | null> => {
  const { rows } = await sql<EndpointRow>`select * from webhook_endpoints
    where account_id = ${accountId} and id = ${id}`.execute(trx)
  return rows[0] ?? null
}

/** Leaves room for events: who writes one holds the key of the endpoint until his own transaction ends. */
export const lockEndpoint = async (trx: Trx, accountId: string, id: string): Promise<EndpointRow | null> => {
  const { rows } = await sql<EndpointRow>`select * from webhook_endpoints
    where account_id = ${accountId} and id = ${id} for no key update`.execute(trx)
  return rows[0] ?? null
}

export const countEndpoints = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('webhook_endpoints')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return row.n
}

export type EndpointColumns = Pick<
  EndpointRow,
  | 'name'
  | 'url'
  | 'secondary_url'
  | 'events'
  | 'auth_type'
  | 'auth_sealed'
  | 'retry_rule'
  | 'personal_data'
  | 'enabled'
> & { disabled_reason: EndpointRow['disabled_reason'] }

export const insertEndpoint = (
  trx: Trx,
  accountId: string,
  endpoint: EndpointColumns & { id: string; secret_sealed: Buffer },
) =>
  trx
    .insertInto('webhook_endpoints')
    .values({ account_id: accountId, ...endpoint })
    .execute()

export type EndpointChange = Partial<EndpointColumns> &
  Partial<
    Pick<
      EndpointRow,
      'secret_sealed' | 'old_secret_sealed' | 'old_secret_until' | 'proven_at' | 'failing_since'
    >
  >

export const updateEndpoint = (trx: Trx, accountId: string, id: string, change: EndpointChange) =>
  trx
    .updateTable('webhook_endpoints')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const removeEndpoint = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('webhook_endpoints').where('account_id', '=', accountId).where('id', '=', id).execute()

/** What a test or an attempt found out; no change of the settings, so the version stays. */
export const noteAnswer = (trx: Trx, accountId: string, id: string, status: number | null) =>
  sql`update webhook_endpoints set last_status = ${status}, last_at = app_now()
    where account_id = ${accountId} and id = ${id}`.execute(trx)

/** Proves the endpoint unless it was changed while the test was under way. */
export const proveEndpoint = async (
  trx: Trx,
  accountId: string,
  id: string,
  version: number,
): Promise<boolean> => {
  const { rows } = await sql`update webhook_endpoints set proven_at = app_now(), failing_since = null
    where account_id = ${accountId} and id = ${id} and version = ${version} returning id`.execute(trx)
  return rows.length > 0
}
