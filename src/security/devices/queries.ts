import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

type Whose = { readonly accountId: string; readonly userId: string }

export const findKnownDevice = async (trx: Trx, { accountId, userId }: Whose, hashes: readonly Buffer[]) => {
  if (hashes.length === 0) return null
  const row = await trx
    .selectFrom('known_devices')
    .select('token_hash')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('token_hash', 'in', [...hashes])
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()
  return row?.token_hash ?? null
}

export const keepKnownDevice = (
  trx: Trx,
  { accountId, userId }: Whose,
  device: { hash: Buffer; agent: string; expiresAt: Date },
) =>
  sql`insert into known_devices (account_id, user_id, token_hash, agent_family, expires_at)
    values (${accountId}, ${userId}, ${device.hash}, ${device.agent}, ${device.expiresAt})
    on conflict (account_id, user_id, token_hash)
    do update set last_used_at = app_now(), expires_at = excluded.expires_at, agent_family = excluded.agent_family`.execute(
    trx,
  )

export type TrustedDeviceRow = {
  id: string
  token_hash: Buffer
  security_epoch: number
  agent_family: string
  network: string
  address: string | null
  created_at: Date
  last_used_at: Date
  expires_at: Date
}

export const findTrustedDevice = async (
  trx: Trx,
  { accountId, userId }: Whose,
  hashes: readonly Buffer[],
): Promise<TrustedDeviceRow | null> => {
  if (hashes.length === 0) return null
  const row = await trx
    .selectFrom('trusted_devices')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('token_hash', 'in', [...hashes])
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()
  return row ?? null
}

export const insertTrustedDevice = (
  trx: Trx,
  { accountId, userId }: Whose,
  device: {
    id: string
    hash: Buffer
    epoch: number
    agent: string
    network: string
    address: string | null
    expiresAt: Date
  },
) =>
  trx
    .insertInto('trusted_devices')
    .values({
      account_id: accountId,
      id: device.id,
      user_id: userId,
      token_hash: device.hash,
      security_epoch: device.epoch,
      agent_family: device.agent,
      network: device.network,
      address: device.address,
      expires_at: device.expiresAt,
    })
    .execute()

/** The token is changed at each use: of two holders of one token the second finds it dead. */
export const rotateTrustedDevice = async (
  trx: Trx,
  accountId: string,
  id: string,
  token: { old: Buffer; next: Buffer; address: string | null },
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('trusted_devices')
    .set({ token_hash: token.next, last_used_at: sql<Date>`app_now()`, address: token.address })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('token_hash', '=', token.old)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const listTrustedDevices = (trx: Trx, { accountId, userId }: Whose) =>
  trx
    .selectFrom('trusted_devices')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .orderBy('id', 'desc')
    .execute()

/** Of the whole account, of one person, or one device; answers how many ended. */
export const deleteTrustedDevices = async (
  trx: Trx,
  accountId: string,
  which: { readonly userId?: string; readonly id?: string },
): Promise<number> => {
  let query = trx.deleteFrom('trusted_devices').where('account_id', '=', accountId)
  if (which.userId !== undefined) query = query.where('user_id', '=', which.userId)
  if (which.id !== undefined) query = query.where('id', '=', which.id)
  const { numDeletedRows } = await query.executeTakeFirst()
  return Number(numDeletedRows)
}

export const insertProvenBrowser = (
  trx: Trx,
  { accountId, userId }: Whose,
  proof: { binding: Buffer; expiresAt: Date },
) =>
  trx
    .insertInto('proven_browsers')
    .values({
      account_id: accountId,
      user_id: userId,
      binding: proof.binding,
      expires_at: proof.expiresAt,
    })
    .execute()

export const findProvenBrowser = (trx: Trx, { accountId, userId }: Whose, binding: Buffer) =>
  trx
    .selectFrom('proven_browsers')
    .select('binding')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('binding', '=', binding)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()
