import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { Position } from '../lib/paging.ts'

export const findContact = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export type ContactRow = NonNullable<Awaited<ReturnType<typeof findContact>>>

/** Holds the contact until the transaction ends; groups are locked before contacts, everywhere. */
export const lockContact = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

export const listContactRows = (trx: Trx, accountId: string, ids: readonly string[]) =>
  trx
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()

export type ContactKeys = {
  readonly externalId?: string | null | undefined
  readonly emailKey?: string | null | undefined
  readonly phone?: string | null | undefined
}

/** At most three rows: one per key, each by its unique index. */
export const findByKeys = async (trx: Trx, accountId: string, keys: ContactKeys) => {
  const { rows } = await sql<{ key: 'external_id' | 'email' | 'phone'; id: string; state: string }>`
    select 'external_id' as key, id, state from contacts
    where account_id = ${accountId} and external_id = ${keys.externalId ?? null}
    union all
    select 'email', id, state from contacts where account_id = ${accountId} and email_key = ${keys.emailKey ?? null}
    union all
    select 'phone', id, state from contacts where account_id = ${accountId} and phone = ${keys.phone ?? null}`.execute(
    trx,
  )
  return rows
}

export type ContactValues = Partial<{
  external_id: string | null
  email: string | null
  email_key: string | null
  phone: string | null
  first_name: string | null
  last_name: string | null
  company: string | null
  language: string | null
  country: string | null
  time_zone: string | null
}>

/** Null when a key was taken meanwhile. */
export const insertContact = (
  trx: Trx,
  accountId: string,
  contact: ContactValues & { id: string; fields: string; source: string; created_at?: Date },
) =>
  trx
    .insertInto('contacts')
    .values({ account_id: accountId, ...contact })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()

export const updateContact = (
  trx: Trx,
  accountId: string,
  id: string,
  change: ContactValues & { fields?: string },
) =>
  trx
    .updateTable('contacts')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** The ids were found within the scope; with their memberships they would be beyond it before they are deleted. */
const leaveContactScope = (trx: Trx) => sql`select set_config('app.contact_groups', '', true)`.execute(trx)

export const deleteContacts = async (
  trx: Trx,
  accountId: string,
  ids: readonly string[],
): Promise<number> => {
  await leaveContactScope(trx)
  // Memberships first, in one statement per group set: the cascade would count each contact by itself.
  await sql`delete from contact_group_members where account_id = ${accountId} and contact_id = any(${[...ids]}::uuid[])`.execute(
    trx,
  )
  const gone =
    await sql`delete from contacts where account_id = ${accountId} and id = any(${[...ids]}::uuid[]) returning id`.execute(
      trx,
    )
  await sql`delete from consents where account_id = ${accountId} and contact_id = any(${[...ids]}::uuid[])`.execute(
    trx,
  )
  await sql`delete from contact_changes where account_id = ${accountId} and contact_id = any(${[...ids]}::uuid[])`.execute(
    trx,
  )
  return gone.rows.length
}

/** What the SQL function contact_condition understands. */
export type SearchFilter = {
  readonly words?: readonly string[]
  /** Words stand in what is shown to somebody who sees no addresses. */
  readonly masked?: boolean
  readonly email_key?: string
  readonly phone?: string
  readonly external_id?: string
  readonly state?: string
  readonly group_id?: string
  readonly unsubscribed?: string
  readonly created_from?: string
  readonly created_to?: string
  readonly updated_since?: string
}

export const searchContactRows = async (
  trx: Trx,
  accountId: string,
  search: { filter: SearchFilter; sort: string; after: Position | null; limit: number },
): Promise<ContactRow[]> => {
  const { rows } = await sql<ContactRow>`
    select c.* from search_contacts(${JSON.stringify(search.filter)}::jsonb, ${search.sort}::text,
      ${search.after?.[0] ?? null}::timestamptz, ${search.after?.[1] ?? null}::uuid, ${search.limit}::bigint)
      with ordinality as found (id, position)
    join contacts c on c.account_id = ${accountId} and c.id = found.id
    order by found.position`.execute(trx)
  return rows
}

export const countFoundContacts = async (trx: Trx, filter: SearchFilter): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count_contacts_found(${JSON.stringify(filter)}::jsonb) as n`.execute(trx)
  return rows[0]?.n ?? 0
}

/** Exact and quick: kept by the database while contacts come and go. */
export const countAllContacts = async (trx: Trx, accountId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select case when contact_scope() is null
      then (select coalesce(sum(contacts), 0)::bigint from contact_counts where account_id = ${accountId})
      else count_contacts_found('{}') end as n`.execute(trx)
  return rows[0]?.n ?? 0
}

/** One adder at a time; taken only where the limit is near. */
export const lockContactLimit = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`contacts:${accountId}`}::text, 0))`.execute(trx)
