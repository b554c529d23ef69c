import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

/** Groups are locked before contacts and in one order, so that writers cannot wait for each other in a ring. */
export const lockGroups = (trx: Trx, accountId: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom('contact_groups')
        .select(['id', 'name', 'state'])
        .where('account_id', '=', accountId)
        .where('id', 'in', [...ids])
        .where('state', '<>', 'deleted')
        .orderBy('id')
        .forNoKeyUpdate()
        .execute()

/** Group ids of which one of the contacts is a member. */
export const listGroupIdsOf = async (trx: Trx, accountId: string, contactIds: readonly string[]) => {
  const { rows } = await sql<{ group_id: string }>`
    select distinct group_id from contact_group_members
    where account_id = ${accountId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(trx)
  return rows.map((row) => row.group_id)
}

/** Who has left stays so, and a pending one waits for his own confirmation; answers whom it added where. */
export const addToGroups = async (
  trx: Trx,
  accountId: string,
  groupIds: readonly string[],
  contactIds: readonly string[],
  source: string,
) => {
  const { rows } = await sql<{ group_id: string; contact_id: string }>`
    insert into contact_group_members (account_id, group_id, contact_id, source)
    select ${accountId}, g.id, c.id, ${source}
    from unnest(${[...groupIds]}::uuid[]) as g (id), contacts c
    where c.account_id = ${accountId} and c.id = any(${[...contactIds]}::uuid[])
    on conflict do nothing returning group_id, contact_id`.execute(trx)
  return rows
}

/** Who has left stays recorded as such; only members and pending ones are taken out. */
export const removeFromGroups = async (
  trx: Trx,
  accountId: string,
  groupIds: readonly string[],
  contactIds: readonly string[],
) => {
  const { rows } = await sql<{ group_id: string; contact_id: string }>`
    delete from contact_group_members where account_id = ${accountId}
      and group_id = any(${[...groupIds]}::uuid[]) and contact_id = any(${[...contactIds]}::uuid[])
      and state <> 'left' returning group_id, contact_id`.execute(trx)
  return rows
}

/** Only with a proof of the person's own will. */
export const rejoinGroup = async (
  trx: Trx,
  accountId: string,
  groupId: string,
  contactIds: readonly string[],
) => {
  const { rows } = await sql<{ contact_id: string }>`
    update contact_group_members set state = 'member', joined_at = app_now(), left_at = null
    where account_id = ${accountId} and group_id = ${groupId} and contact_id = any(${[...contactIds]}::uuid[])
      and state = 'left' returning contact_id`.execute(trx)
  return rows.map((row) => row.contact_id)
}

export const listMemberRows = (
  trx: Trx,
  accountId: string,
  groupId: string,
  search: { state: string | null; after: Position | null; limit: number },
) =>
  trx
    .selectFrom('contact_group_members as m')
    .innerJoin('contacts as c', (join) =>
      join.onRef('c.id', '=', 'm.contact_id').on('c.account_id', '=', accountId),
    )
    .select(['m.contact_id', 'm.state', 'm.joined_at', 'm.left_at', 'm.source'])
    .select(['c.external_id', 'c.email', 'c.phone', 'c.first_name', 'c.last_name'])
    .where('m.account_id', '=', accountId)
    .where('m.group_id', '=', groupId)
    .$if(search.state === null, (query) => query.where('m.state', '<>', 'left'))
    .$if(search.state !== null, (query) => query.where('m.state', '=', search.state ?? ''))
    .$if(search.after !== null, (query) =>
      query.where(sql<boolean>`m.contact_id < ${search.after?.[0]}::uuid`),
    )
    .orderBy('m.contact_id', 'desc')
    .limit(search.limit)
    .execute()

export type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number]

export const countMemberRows = async (
  trx: Trx,
  accountId: string,
  groupId: string,
  state: string | null,
): Promise<number> => {
  const row = await trx
    .selectFrom('contact_group_members')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('group_id', '=', groupId)
    .$if(state === null, (query) => query.where('state', '<>', 'left'))
    .$if(state !== null, (query) => query.where('state', '=', state ?? ''))
    .executeTakeFirstOrThrow()
  return row.n
}

/** Contacts by any of their keys, in the order asked; null where no contact has the key. */
export const resolveMembers = async (
  trx: Trx,
  accountId: string,
  keys: readonly {
    id: string | null
    externalId: string | null
    emailKey: string | null
    phone: string | null
  }[],
) => {
  const { rows } = await sql<{ position: number; contact_id: string | null }>`
    select k.position::integer as position, coalesce(
      (select id from contacts where account_id = ${accountId} and id = k.id),
      (select id from contacts where account_id = ${accountId} and external_id = k.external_id),
      (select id from contacts where account_id = ${accountId} and email_key = k.email_key),
      (select id from contacts where account_id = ${accountId} and phone = k.phone)) as contact_id
    from unnest(${keys.map((key) => key.id)}::uuid[], ${keys.map((key) => key.externalId)}::text[],
      ${keys.map((key) => key.emailKey)}::text[], ${keys.map((key) => key.phone)}::text[])
      with ordinality as k (id, external_id, email_key, phone, position)
    order by k.position`.execute(trx)
  return rows.map((row) => row.contact_id)
}

export const listMembershipStates = async (
  trx: Trx,
  accountId: string,
  groupId: string,
  contactIds: readonly string[],
) => {
  const { rows } = await sql<{ contact_id: string; state: string }>`
    select contact_id, state from contact_group_members
    where account_id = ${accountId} and group_id = ${groupId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.contact_id, row.state]))
}
