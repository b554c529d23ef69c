import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'

export type PasskeyRequestRow = { readonly id: string; readonly challenge: string }

/** Nobody is known yet, so these rows belong to the operator's account. */
export const insertPasskeyRequest = (
  trx: Trx,
  row: PasskeyRequestRow & { readonly binding: Buffer; readonly expiresAt: Date },
) =>
  trx
    .insertInto('passkey_requests')
    .values({
      account_id: instanceAccountId,
      id: row.id,
      binding: row.binding,
      challenge: row.challenge,
      expires_at: row.expiresAt,
    })
    .execute()

/** Taken once, whatever the answer is worth. */
export const takePasskeyRequest = async (trx: Trx, id: string, binding: Buffer): Promise<string | null> => {
  const row = await trx
    .updateTable('passkey_requests')
    .set({ used_at: sql<Date>`app_now()` })
    .where('account_id', '=', instanceAccountId)
    .where('id', '=', id)
    .where('binding', '=', binding)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .returning('challenge')
    .executeTakeFirst()
  return row?.challenge ?? null
}

/** Nobody can sign in with it again until the person has chosen another. */
export const dropPassword = (trx: Trx, accountId: string, userId: string) =>
  trx
    .updateTable('users')
    .set({ password_sealed: null, updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

const old = sql`app_now() - interval '2 days'`
export const findOldDialogues = async (trx: Trx): Promise<string[]> => {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from lookup_old_dialogues(${old})`.execute(trx)
  return rows.map(({ account_id }) => account_id)
}

/** Dialogues nobody can go on with, and devices nobody is asked about any more. */
export const deleteOldDialogues = async (trx: Trx, accountId: string): Promise<void> => {
  for (const table of ['mfa_challenges', 'enrolments'] as const)
    await sql`delete from ${sql.table(table)} where account_id = ${accountId} and created_at < ${old}`.execute(
      trx,
    )
  for (const table of ['trusted_devices', 'known_devices', 'proven_browsers'] as const)
    await sql`delete from ${sql.table(table)} where account_id = ${accountId} and expires_at < app_now()`.execute(
      trx,
    )
}

export const deleteOldPasskeyRequests = (trx: Trx) =>
  sql`delete from passkey_requests where account_id = ${instanceAccountId} and created_at < ${old}`.execute(
    trx,
  )
