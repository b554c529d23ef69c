import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

const fields = (trx: Trx, accountId: string) =>
  trx.selectFrom('field_definitions').selectAll().where('account_id', '=', accountId)

/** A field being deleted keeps its name until its values are gone, but nobody sees it any more. */
const notLeaving = sql<boolean>`not (flags ? 'deleting')`

export const listFieldRows = (
  trx: Trx,
  accountId: string,
  filter: { archived?: boolean } = {},
  after: Position | null = null,
  limit = 10_000,
) =>
  fields(trx, accountId)
    .where(notLeaving)
    .$if(filter.archived === true, (query) => query.where('archived_at', 'is not', null))
    .$if(filter.archived === false, (query) => query.where('archived_at', 'is', null))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(position, lower(name)) > (${after?.[0]}::integer, ${after?.[1]}::text)`),
    )
    .orderBy('position')
    .orderBy(sql`lower(name)`)
    .limit(limit)
    .execute()

export type FieldRow = Awaited<ReturnType<typeof listFieldRows>>[number]

export const findField = (trx: Trx, accountId: string, name: string) =>
  fields(trx, accountId)
    .where(sql<boolean>`lower(name) = lower(${name}::text)`)
    .where(notLeaving)
    .forUpdate()
    .executeTakeFirst()

export const countFields = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('field_definitions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where(notLeaving)
    .executeTakeFirstOrThrow()
  return row.n
}

/** One creator of the account at a time, so that two of them cannot pass the limit together. */
export const lockFieldLimit = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`fields:${accountId}`}::text, 0))`.execute(trx)

export type FieldValues = {
  label?: string
  description?: string | null
  flags?: string
  default_value?: string | null
  position?: number
}

export const insertField = (
  trx: Trx,
  accountId: string,
  field: FieldValues & { name: string; type: string },
) =>
  trx
    .insertInto('field_definitions')
    .values({ account_id: accountId, ...field })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()

export const nextPosition = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('field_definitions')
    .select(sql<number>`least(coalesce(max(position) + 1, 0), 100000)::integer`.as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return row.n
}

export const updateField = (
  trx: Trx,
  accountId: string,
  name: string,
  change: FieldValues & { archived?: boolean },
) => {
  const { archived, ...plain } = change
  return trx
    .updateTable('field_definitions')
    .set({
      ...plain,
      ...(archived === undefined
        ? {}
        : { archived_at: archived ? sql<Date>`coalesce(archived_at, app_now())` : null }),
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const deleteField = (trx: Trx, accountId: string, name: string) =>
  trx.deleteFrom('field_definitions').where('account_id', '=', accountId).where('name', '=', name).execute()

export const countFilled = async (trx: Trx, accountId: string, name: string) => {
  const { rows } = await sql<{ filled: number; contacts: number }>`
    select count(*) filter (where fields ? ${name}) as filled, count(*) as contacts
    from contacts where account_id = ${accountId}`.execute(trx)
  return rows[0] ?? { filled: 0, contacts: 0 }
}

/** Removes the value from the next contacts after `afterId`; answers the last id, null when none is left. */
export const clearFieldChunk = async (
  trx: Trx,
  accountId: string,
  name: string,
  afterId: string | null,
  limit: number,
): Promise<{ lastId: string | null; cleared: number }> => {
  const { rows } = await sql<{ last_id: string | null; cleared: number }>`
    with chunk as (
      select id from contacts where account_id = ${accountId}
        and id > coalesce(${afterId}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${limit} for update
    ), changed as (
      update contacts c set fields = c.fields - ${name}::text, updated_at = app_now(), version = version + 1
      from chunk where c.account_id = ${accountId} and c.id = chunk.id and c.fields ? ${name} returning 1
    )
    select (select id from chunk order by id desc limit 1) as last_id, (select count(*) from changed) as cleared`.execute(
    trx,
  )
  return { lastId: rows[0]?.last_id ?? null, cleared: rows[0]?.cleared ?? 0 }
}
