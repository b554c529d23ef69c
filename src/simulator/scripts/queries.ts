import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

const scripts = (trx: Trx, accountId: string) =>
  trx.selectFrom('simulator_scripts').selectAll().where('account_id', '=', accountId)

/** In the order of their making, which is the order in which they are asked. */
export const listScriptRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  scripts(trx, accountId)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()

export const listEnabledScripts = (trx: Trx, accountId: string) =>
  scripts(trx, accountId).where('enabled', '=', true).orderBy('id').execute()

export const findScript = (trx: Trx, accountId: string, id: string) =>
  scripts(trx, accountId).where('id', '=', id).executeTakeFirst()
export type ScriptRow = NonNullable<Awaited<ReturnType<typeof findScript>>>

export const lockScripts = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`simulator scripts:${accountId}`}, 0))`.execute(trx)

export const countScripts = async (trx: Trx, accountId: string): Promise<number> => {
  const { count } = await trx
    .selectFrom('simulator_scripts')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return count
}

export type ScriptColumns = {
  readonly name: string | null
  readonly enabled: boolean
  readonly match_address: string | null
  readonly match_domain: string | null
  readonly match_campaign_id: string | null
  readonly class: string
  readonly rate: number
  readonly latency_ms: number
  readonly seed: string | number
}
const asJson = ({ seed, ...columns }: ScriptColumns) => ({ ...columns, seed: JSON.stringify(seed) })

export const insertScript = (trx: Trx, accountId: string, id: string, columns: ScriptColumns) =>
  trx
    .insertInto('simulator_scripts')
    .values({ account_id: accountId, id, ...asJson(columns) })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateScript = (trx: Trx, accountId: string, id: string, columns: ScriptColumns) =>
  trx
    .updateTable('simulator_scripts')
    .set({ ...asJson(columns), version: sql`version + 1`, updated_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removeScript = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('simulator_scripts').where('account_id', '=', accountId).where('id', '=', id).execute()

/** How often each message was put off or tried before, as the ledger counts it. */
export const listAttempts = async (
  trx: Trx,
  accountId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ message_id: string; attempts: number }>`
    select message_id, attempts from messages
    where account_id = ${accountId} and message_id = any(${messageIds}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.message_id, row.attempts]))
}
