import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { SearchFilter } from '../queries.ts'

/** Those of the ids that exist. */
export const listExistingIds = async (trx: Trx, accountId: string, ids: readonly string[]) => {
  const rows = await trx
    .selectFrom('contacts')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map((row) => row.id)
}

export const listFoundIds = async (trx: Trx, filter: SearchFilter, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from search_contacts(${JSON.stringify(filter)}::jsonb, '-created_at', null, null, ${limit}::bigint)`.execute(
    trx,
  )
  return rows.map((row) => row.id)
}

/** Freezes the set a filter finds now; answers its size. */
export const selectFound = async (
  trx: Trx,
  accountId: string,
  operationId: string,
  filter: SearchFilter,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with chosen as (
      insert into bulk_selections (account_id, operation_id, contact_id)
      select ${accountId}, ${operationId}, id
      from search_contacts(${JSON.stringify(filter)}::jsonb, '-created_at', null, null, null)
      returning 1
    ) select count(*) as n from chosen`.execute(trx)
  return rows[0]?.n ?? 0
}

export const selectIds = (trx: Trx, accountId: string, operationId: string, ids: readonly string[]) =>
  sql`insert into bulk_selections (account_id, operation_id, contact_id)
    select ${accountId}, ${operationId}, id from unnest(${[...ids]}::uuid[]) id`.execute(trx)

export const countSelected = async (trx: Trx, accountId: string, operationId: string): Promise<number> => {
  const row = await trx
    .selectFrom('bulk_selections')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('operation_id', '=', operationId)
    .executeTakeFirstOrThrow()
  return row.n
}

/** The next contacts of the frozen set; a row leaves the set in the transaction that acts on it. */
export const takeSelected = async (
  trx: Trx,
  accountId: string,
  operationId: string,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ contact_id: string }>`
    delete from bulk_selections b using (
      select contact_id from bulk_selections
      where account_id = ${accountId} and operation_id = ${operationId} order by contact_id limit ${limit}
    ) next
    where b.account_id = ${accountId} and b.operation_id = ${operationId} and b.contact_id = next.contact_id
    returning b.contact_id`.execute(trx)
  return rows.map((row) => row.contact_id)
}

/** Contacts that are in no group but this one, whether they have left it or not. */
export const selectOnlyInGroup = (trx: Trx, accountId: string, operationId: string, groupId: string) =>
  sql`insert into bulk_selections (account_id, operation_id, contact_id)
    select ${accountId}, ${operationId}, m.contact_id from contact_group_members m
    where m.account_id = ${accountId} and m.group_id = ${groupId} and m.state = 'member'
      and not exists (
        select 1 from contact_group_members o join contact_groups g on g.account_id = o.account_id and g.id = o.group_id
        where o.account_id = ${accountId} and o.contact_id = m.contact_id and o.group_id <> ${groupId}
          and o.state <> 'left' and g.state <> 'deleted')
    on conflict do nothing`.execute(trx)
