import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { Limits, StoredConfig } from './config.ts'

export const listProviderRows = (
  trx: Trx,
  accountId: string,
  filter: { channel?: string },
  after: string | null,
  limit: number,
) =>
  trx
    .selectFrom('providers')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(filter.channel !== undefined, (query) => query.where('channel', '=', filter.channel ?? ''))
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findProvider = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('providers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
export type ProviderRow = NonNullable<Awaited<ReturnType<typeof findProvider>>>

export const lockProvider = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('providers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Held until the end of the transaction, so that none of them is deleted while a route comes to name it. */
export const holdProviders = (trx: Trx, accountId: string, ids: readonly string[]) =>
  trx
    .selectFrom('providers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', 'in', ids.length > 0 ? [...ids] : ['00000000-0000-0000-0000-000000000000'])
    .orderBy('id')
    .forShare()
    .execute()

export type ProviderColumns = {
  readonly name: string
  readonly enabled: boolean
  readonly config: StoredConfig
  readonly secretsSealed: Buffer | null
  readonly limits: Limits
  readonly shapeByReceiver: boolean
  readonly pool: string
}

const toColumns = (columns: ProviderColumns) => ({
  name: columns.name,
  enabled: columns.enabled,
  config: JSON.stringify(columns.config),
  secrets_sealed: columns.secretsSealed,
  limits: JSON.stringify(columns.limits),
  shape_by_receiver: columns.shapeByReceiver,
  pool: columns.pool,
})

export const insertProvider = (
  trx: Trx,
  accountId: string,
  provider: ProviderColumns & { id: string; channel: string; kind: string },
) =>
  trx
    .insertInto('providers')
    .values({
      account_id: accountId,
      id: provider.id,
      channel: provider.channel,
      kind: provider.kind,
      ...toColumns(provider),
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** A changed provider gets a fresh chance: its circuit closes. */
export const updateProvider = (trx: Trx, accountId: string, id: string, columns: ProviderColumns) =>
  trx
    .updateTable('providers')
    .set({
      ...toColumns(columns),
      circuit: 'closed',
      circuit_until: null,
      circuit_failures: 0,
      window_started_at: null,
      version: sql`version + 1`,
      updated_at: sql`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removeProvider = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('providers').where('account_id', '=', accountId).where('id', '=', id).execute()

export const isProviderRouted = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from provider_routes where account_id = ${accountId}
      and providers @> ${JSON.stringify([{ provider_id: id }])}::jsonb) as found`.execute(trx)
  return rows[0]?.found ?? false
}

/** Kept beside the object and not part of it: a check does not make an open form stale. */
export const saveCheck = (
  trx: Trx,
  accountId: string,
  id: string,
  check: { at: string; ok: boolean; detail: string },
) =>
  sql`update providers set last_check = ${JSON.stringify(check)}::jsonb,
      circuit = case when ${check.ok} then 'closed' else circuit end,
      circuit_until = case when ${check.ok} then null else circuit_until end,
      circuit_failures = case when ${check.ok} then 0 else circuit_failures end
    where account_id = ${accountId} and id = ${id}`.execute(trx)

export const holdsSender = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const row = await trx
    .selectFrom('sender_identities')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
