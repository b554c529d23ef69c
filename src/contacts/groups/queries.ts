import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

export const findGroup = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('contact_groups')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '<>', 'deleted')
    .executeTakeFirst()

export type GroupRow = NonNullable<Awaited<ReturnType<typeof findGroup>>>

export const lockGroup = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('contact_groups')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '<>', 'deleted')
    .forUpdate()
    .executeTakeFirst()

export type GroupFilter = { state?: string; visibility?: string; words?: readonly string[] }

const likePattern = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`

export const listGroupRows = (
  trx: Trx,
  accountId: string,
  search: { filter: GroupFilter; sort: '-created_at' | 'name'; after: Position | null; limit: number },
) => {
  const { filter, sort, after } = search
  let query = trx
    .selectFrom('contact_groups')
    .selectAll()
    .select(sql<string>`lower(name)`.as('sort_name'))
    .where('account_id', '=', accountId)
    .where('state', '<>', 'deleted')
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state ?? ''))
    .$if(filter.visibility !== undefined, (q) => q.where('visibility', '=', filter.visibility ?? ''))
  for (const word of filter.words ?? []) {
    query = query.where(sql<boolean>`lower(name || ' ' || coalesce(external_id, '') || ' ' || folder)
      like lower(${likePattern(word)}::text)`)
  }
  if (sort === 'name') {
    if (after) query = query.where(sql<boolean>`(lower(name), id) > (${after[0]}::text, ${after[1]}::uuid)`)
    return query.orderBy(sql`lower(name)`).orderBy('id').limit(search.limit).execute()
  }
  if (after)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(search.limit).execute()
}

export const countGroups = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('contact_groups')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('state', '<>', 'deleted')
    .executeTakeFirstOrThrow()
  return row.n
}

export const lockGroupLimit = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`groups:${accountId}`}::text, 0))`.execute(trx)

/** Which of the two unique keys another group has. */
export const findTaken = async (
  trx: Trx,
  accountId: string,
  keys: { name?: string | undefined; externalId?: string | null | undefined },
  exceptId: string | null,
): Promise<'name' | 'external_id' | null> => {
  const { rows } = await sql<{ key: 'name' | 'external_id' }>`
    select case when lower(name) = lower(${keys.name ?? null}::text) then 'name' else 'external_id' end as key
    from contact_groups where account_id = ${accountId} and state <> 'deleted'
      and id is distinct from ${exceptId}::uuid
      and (lower(name) = lower(${keys.name ?? null}::text) or external_id = ${keys.externalId ?? null}::text)
    order by 1 desc limit 1`.execute(trx)
  return rows[0]?.key ?? null
}

export type GroupValues = Partial<{
  name: string
  external_id: string | null
  description: string | null
  folder: string
  colour: string | null
  visibility: string
  require_consent: boolean
  public_texts: string
  opt_in: string
}>

export const insertGroup = (trx: Trx, accountId: string, group: GroupValues & { id: string; name: string }) =>
  trx
    .insertInto('contact_groups')
    .values({ account_id: accountId, ...group })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateGroup = (
  trx: Trx,
  accountId: string,
  id: string,
  change: GroupValues & { state?: 'active' | 'archived' | 'deleted' },
) =>
  trx
    .updateTable('contact_groups')
    .set({
      ...change,
      ...(change.state === 'active' ? { archived_at: null } : {}),
      ...(change.state === 'archived' ? { archived_at: sql<Date>`app_now()` } : {}),
      ...(change.state === 'deleted' ? { deleted_at: sql<Date>`app_now()` } : {}),
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Removes the next memberships of a group; answers how many there were. */
export const deleteMemberChunk = async (trx: Trx, accountId: string, groupId: string, limit: number) => {
  const { rows } = await sql`
    delete from contact_group_members where account_id = ${accountId} and group_id = ${groupId}
      and contact_id in (
        select contact_id from contact_group_members
        where account_id = ${accountId} and group_id = ${groupId} limit ${limit})
    returning contact_id`.execute(trx)
  return rows.length
}
