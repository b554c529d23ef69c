import type { Trx } from '../db/pool.ts'

/** A bound app, one that is being bound, and a request for a second person, all of the account's owner. */
export const factorsOfEach = async (
  trx: Trx,
  own: { readonly account_id: string; readonly id: string },
  ownerId: string,
): Promise<Readonly<Record<string, { readonly id: string }>>> => {
  const { account_id, id } = own
  const pending = id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  await trx
    .insertInto('mfa_factors')
    .values([
      { account_id, id, user_id: ownerId, type: 'passkey', state: 'disabled' },
      {
        account_id,
        id: pending,
        user_id: ownerId,
        type: 'totp',
        state: 'pending',
        expires_at: new Date('2100-01-01'),
      },
    ])
    .execute()
  await trx
    .insertInto('approvals')
    .values({
      account_id,
      id,
      kind: 'mfa_reset',
      object_type: 'user',
      object_id: id,
      object_name: 'Somebody',
      digest: Buffer.from(id),
      reason: 'Lost the phone',
      requested_by: ownerId,
      requested_by_name: 'Owner',
      requested_by_staff: false,
      requested_by_email: '',
      expires_at: new Date('2100-01-01'),
    })
    .execute()
  return { '/me/factors': { id }, '/me/factors/totp': { id: pending }, '/approvals': { id } }
}
