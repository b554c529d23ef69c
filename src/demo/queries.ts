import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

/** Adding and removing wait for each other here; foreign keys of other writers do not. */
export const lockDemoMark = async (trx: Trx, accountId: string) =>
  trx
    .selectFrom('accounts')
    .select(['demo_data_at', 'default_language'])
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()

/** The version stays: nobody's open settings form is out of date because of it. */
export const setDemoMark = (trx: Trx, accountId: string, present: boolean) =>
  trx
    .updateTable('accounts')
    .set({ demo_data_at: present ? sql<Date>`app_now()` : null })
    .where('account_id', '=', accountId)
    .execute()

/** The newest operation of one type, with its state. */
export const findLatestOperation = (trx: Trx, accountId: string, type: 'demo_data' | 'demo_data_removal') =>
  trx
    .selectFrom('operations')
    .select(['id', 'state'])
    .where('account_id', '=', accountId)
    .where('type', '=', type)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listTakenAddresses = async (
  trx: Trx,
  accountId: string,
  addresses: readonly string[],
): Promise<Set<string>> => {
  const rows = await trx
    .selectFrom('contacts')
    .select('email_key')
    .where('account_id', '=', accountId)
    .where('email_key', 'in', [...addresses])
    .execute()
  return new Set(rows.flatMap((row) => (row.email_key === null ? [] : [row.email_key])))
}

export const listGroupNames = async (trx: Trx, accountId: string): Promise<Set<string>> => {
  const rows = await trx
    .selectFrom('contact_groups')
    .select(sql<string>`lower(name)`.as('name'))
    .where('account_id', '=', accountId)
    .where('state', '<>', 'deleted')
    .execute()
  return new Set(rows.map((row) => row.name))
}

/** The fields of these names that are there afterwards with this type; one of another type is left alone. */
export const ensureFields = async (
  trx: Trx,
  accountId: string,
  fields: readonly { name: string; type: string; label: object; position: number }[],
): Promise<Set<string>> => {
  await sql`
    insert into field_definitions (account_id, name, type, label, flags, position)
    select ${accountId}, f.name, f.type, f.label, '{"demo": true}', f.position + coalesce(
      (select max(position) + 1 from field_definitions where account_id = ${accountId}), 0)
    from jsonb_to_recordset(${JSON.stringify(fields)}::jsonb) as f(name text, type text, label jsonb, position int)
    on conflict do nothing`.execute(trx)
  const { rows } = await sql<{ name: string }>`
    select d.name from field_definitions d
    join jsonb_to_recordset(${JSON.stringify(fields)}::jsonb) as f(name text, type text)
      on d.name = f.name and d.type = f.type
    where d.account_id = ${accountId} and not (d.flags ? 'deleting')`.execute(trx)
  return new Set(rows.map((row) => row.name))
}

export type ContactRow = {
  id: string
  email: string | null
  phone: string | null
  first_name: string
  last_name: string
  language: string
  country: string
  time_zone: string
  fields: Record<string, unknown>
  created_at: Date
  active_at: Date | null
}

export const insertContacts = (trx: Trx, accountId: string, contacts: readonly ContactRow[]) =>
  sql`
    insert into contacts (account_id, id, email, email_key, phone, first_name, last_name, language, country, time_zone,
      fields, source, demo, created_at, updated_at, last_activity_at)
    select ${accountId}, c.id, c.email, c.email, c.phone, c.first_name, c.last_name, c.language, c.country, c.time_zone,
      c.fields, 'manual', true, c.created_at, c.created_at, c.active_at
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as c(id uuid, email text, phone text, first_name text,
      last_name text, language text, country text, time_zone text, fields jsonb, created_at timestamptz,
      active_at timestamptz)
    on conflict do nothing`.execute(trx)

export const insertGroups = (
  trx: Trx,
  accountId: string,
  groups: readonly { id: string; name: string; colour: string; created_at: Date }[],
) =>
  sql`
    insert into contact_groups (account_id, id, name, colour, demo, created_at, updated_at)
    select ${accountId}, g.id, g.name, g.colour, true, g.created_at, g.created_at
    from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb)
      as g(id uuid, name text, colour text, created_at timestamptz)`.execute(trx)

/** Whoever was not inserted, because an own contact has the same key, is no member either. */
export const insertMembers = (
  trx: Trx,
  accountId: string,
  members: readonly { group_id: string; contact_id: string; joined_at: Date }[],
) =>
  sql`
    insert into contact_group_members (account_id, group_id, contact_id, source, joined_at)
    select ${accountId}, m.group_id, m.contact_id, 'manual', m.joined_at
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
      as m(group_id uuid, contact_id uuid, joined_at timestamptz)
    join contacts c on c.account_id = ${accountId} and c.id = m.contact_id`.execute(trx)

export const insertUnsubscribes = (
  trx: Trx,
  accountId: string,
  unsubscribes: readonly { contact_id: string; at: Date }[],
) =>
  sql`
    with given as (
      select u.* from jsonb_to_recordset(${JSON.stringify(unsubscribes)}::jsonb) as u(contact_id uuid, at timestamptz)
      join contacts c on c.account_id = ${accountId} and c.id = u.contact_id
    ), ledger as (
      insert into consents (account_id, id, contact_id, channel, purpose, state, basis, at, source, proof)
      select ${accountId}, uuid_v7(), contact_id, 'email', 'marketing', 'withdrawn', 'unknown', at, 'page',
        '{"act": "unsubscribe", "scope": {"kind": "all"}}' from given
    )
    insert into contact_channels (account_id, contact_id, channel, consent, basis, unsubscribed_at, unsubscribe_source)
    select ${accountId}, contact_id, 'email', '{"marketing": "withdrawn"}', '{"marketing": "unknown"}', at, 'page'
    from given`.execute(trx)

/** The mark by which the removal finds its own suppressions. */
const suppressionSource = 'demo'

export const insertSuppressions = (
  trx: Trx,
  accountId: string,
  suppressions: readonly { contact_id: string; at: Date }[],
  hash: { readonly inner: Buffer; readonly outer: Buffer },
) =>
  sql`
    insert into suppressions (account_id, id, channel, address, address_hash, reason, source, created_at)
    select ${accountId}, uuid_v7(), 'email', c.email, keyed_hash(${hash.inner}, ${hash.outer}, c.email_key),
      'hard_bounced', ${suppressionSource}, s.at
    from jsonb_to_recordset(${JSON.stringify(suppressions)}::jsonb) as s(contact_id uuid, at timestamptz)
    join contacts c on c.account_id = ${accountId} and c.id = s.contact_id and c.email is not null
    on conflict do nothing`.execute(trx)

export const deleteSuppressions = (trx: Trx, accountId: string) =>
  sql`delete from suppressions where account_id = ${accountId} and source = ${suppressionSource}`.execute(trx)
