import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const listRouteRows = (
  trx: Trx,
  accountId: string,
  filter: { channel?: string },
  after: string | null,
  limit: number,
) =>
  trx
    .selectFrom('provider_routes')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(filter.channel !== undefined, (query) => query.where('channel', '=', filter.channel ?? ''))
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findRoute = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('provider_routes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
export type RouteRow = NonNullable<Awaited<ReturnType<typeof findRoute>>>

export type RouteColumns = {
  readonly traffic: string
  readonly country: string | null
  readonly receiving_domain: string | null
  readonly sender_id: string | null
  readonly mode: string
  readonly providers: readonly { provider_id: string; percent?: number }[]
  readonly enabled: boolean
}

export const insertRoute = (
  trx: Trx,
  accountId: string,
  route: RouteColumns & { id: string; channel: string },
) =>
  trx
    .insertInto('provider_routes')
    .values({ account_id: accountId, ...route, providers: JSON.stringify(route.providers) })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateRoute = (trx: Trx, accountId: string, id: string, columns: RouteColumns) =>
  trx
    .updateTable('provider_routes')
    .set({
      ...columns,
      providers: JSON.stringify(columns.providers),
      version: sql`version + 1`,
      updated_at: sql`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removeRoute = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('provider_routes').where('account_id', '=', accountId).where('id', '=', id).execute()

/** Enabled routes that fit some receiver of the traffic. */
export const listFittingRoutes = (
  trx: Trx,
  accountId: string,
  wanted: { channel: string; traffic: string; senderId: string | null },
) =>
  trx
    .selectFrom('provider_routes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('channel', '=', wanted.channel)
    .where('enabled', '=', true)
    .where('traffic', 'in', ['any', wanted.traffic])
    .where((where) =>
      where.or([
        where('sender_id', 'is', null),
        ...(wanted.senderId ? [where('sender_id', '=', wanted.senderId)] : []),
      ]),
    )
    .where('country', 'is', null)
    .execute()

/** Every provider that an enabled route of the channel leads to. */
export const listRoutedProviders = async (trx: Trx, accountId: string, channel: string) => {
  const { rows } = await sql<{ kind: string; host: string | null }>`
    select p.kind, p.config->>'host' as host from provider_routes r
    cross join lateral jsonb_to_recordset(r.providers) as step(provider_id uuid)
    join providers p on p.account_id = ${accountId} and p.id = step.provider_id and p.enabled
    where r.account_id = ${accountId} and r.channel = ${channel} and r.enabled`.execute(trx)
  return rows
}
