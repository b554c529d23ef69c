import type { Trx } from '../db/pool.ts'

/** A role, a person who holds it and is still invited, the invitation, and a network to sign in from. */
export const peopleOfEach = async (
  trx: Trx,
  own: { readonly account_id: string; readonly id: string },
): Promise<Readonly<Record<string, { readonly id: string }>>> => {
  const { account_id, id } = own
  const email = `invited-${id}@example.com`
  await trx
    .insertInto('roles')
    .values({ ...own, name: `Role ${id}` })
    .execute()
  await trx
    .insertInto('users')
    .values({ ...own, login: email, email, first_name: 'Invited', last_name: 'Person', status: 'invited' })
    .execute()
  await trx.insertInto('user_roles').values({ account_id, user_id: id, role_id: id }).execute()
  await trx
    .insertInto('invitations')
    .values({ ...own, user_id: id, email, invited_by: id, expires_at: new Date('2100-01-01') })
    .execute()
  await trx
    .insertInto('ip_policies')
    .values({ account_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const address = Buffer.from('00000000000000000000ffffcb007107', 'hex')
  await trx
    .insertInto('ip_entries')
    .values({
      ...own,
      lo: address,
      hi: address,
      family: 4,
      kind: 'address',
      input: '203.0.113.7',
      canonical: '203.0.113.7',
      scopes: ['panel'],
    })
    .execute()
  return { '/security/ip-entries': { id }, '/users': { id }, '/roles': { id }, '/invitations': { id } }
}
