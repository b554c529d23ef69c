import { sql } from 'kysely'
import type { Db, Trx } from '../../../db/pool.ts'

/** Takes the challenge of a registration; of parallel callers one gets it. */
export const takeRegistration = (
  trx: Trx,
  accountId: string,
  userId: string,
  registration: { id: string; binding: Buffer },
) =>
  trx
    .updateTable('mfa_factors as f')
    .from((eb) =>
      eb
        .selectFrom('mfa_factors')
        .select(['id', 'challenge'])
        .where('account_id', '=', accountId)
        .where('user_id', '=', userId)
        .where('id', '=', registration.id)
        .where('type', '=', 'passkey')
        .where('state', '=', 'pending')
        .where('binding', '=', registration.binding)
        .where('expires_at', '>', sql<Date>`app_now()`)
        .where('challenge', 'is not', null)
        .forUpdate()
        .as('old'),
    )
    .set({ challenge: null })
    .where('f.account_id', '=', accountId)
    .whereRef('f.id', '=', 'old.id')
    .returning(['f.id', 'old.challenge'])
    .executeTakeFirst()

export const listPasskeys = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('mfa_factors')
    .select(['id', 'credential_id', 'transports'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', 'passkey')
    .where('state', '=', 'active')
    .orderBy('created_at')
    .execute()

/** Whose passkey it is, before the account is known. */
export const findPasskeyPlace = async (db: Db | Trx, credentialId: Buffer) => {
  const { rows } = await sql<{ account_id: string; user_id: string; factor_id: string }>`
    select account_id, user_id, factor_id from lookup_passkey(${credentialId})`.execute(db)
  return rows[0] ?? null
}

export const notePasskeyUse = (
  trx: Trx,
  accountId: string,
  factorId: string,
  use: { counter: number; backedUp: boolean },
) =>
  trx
    .updateTable('mfa_factors')
    .set({ counter: use.counter, backed_up: use.backedUp, last_used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', factorId)
    .execute()
