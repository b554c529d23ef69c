import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type ContactGroupRow = {
  contact_id: string
  id: string
  name: string
  state: 'pending' | 'member' | 'left'
}

export const listGroupsOf = async (trx: Trx, accountId: string, contactIds: readonly string[]) => {
  const { rows } = await sql<ContactGroupRow>`
    select m.contact_id, g.id, g.name, m.state
    from contact_group_members m join contact_groups g on g.account_id = m.account_id and g.id = m.group_id
    where m.account_id = ${accountId} and m.contact_id = any(${[...contactIds]}::uuid[]) and g.state <> 'deleted'
    order by lower(g.name), g.id`.execute(trx)
  return rows
}

export const listChannelsOf = (trx: Trx, accountId: string, contactIds: readonly string[]) =>
  trx
    .selectFrom('contact_channels')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('contact_id', 'in', [...contactIds])
    .execute()

export type SuppressionOf = { contact_id: string; channel: string; reason: string }

/** Suppressions of the contacts' present addresses, the most serious first. */
export const listSuppressionsOf = async (
  trx: Trx,
  accountId: string,
  contactIds: readonly string[],
  hash: { inner: Buffer; outer: Buffer },
) => {
  const { rows } = await sql<SuppressionOf>`
    with addresses as materialized (
      select c.id, a.channels, keyed_hash(${hash.inner}::bytea, ${hash.outer}::bytea, a.address) as hash
      from contacts c,
        lateral (values (array['email'], c.email_key), (array['sms', 'rcs'], c.phone)) as a (channels, address)
      where c.account_id = ${accountId} and c.id = any(${[...contactIds]}::uuid[]) and a.address is not null
        and exists (select 1 from suppressions any_entry where any_entry.account_id = ${accountId})
    )
    select a.id as contact_id, s.channel, s.reason
    from addresses a join suppressions s on s.account_id = ${accountId} and s.channel = any(a.channels)
      and s.address_hash = a.hash and s.scope = 'account'
    where (s.expires_at is null or s.expires_at > app_now())
      and (s.lifted_until is null or s.lifted_until <= app_now())`.execute(trx)
  return rows
}
