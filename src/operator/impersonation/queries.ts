import type { Trx } from '../../db/pool.ts'

export const findOperatorAccess = async (trx: Trx, accountId: string): Promise<'allowed' | 'forbidden'> => {
  const row = await trx
    .selectFrom('account_security')
    .select('impersonation')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.impersonation === 'forbidden' ? 'forbidden' : 'allowed'
}

export const findSessionOwner = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('users')
    .select(['id', 'security_epoch', 'status', 'sign_in_allowed', 'valid_until', 'deleted_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

/** Which session of the staff an impersonated one came from. */
export const findStaffSessionId = async (trx: Trx, accountId: string, sessionId: string) => {
  const row = await trx
    .selectFrom('sessions')
    .select('impersonator_session_id')
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row?.impersonator_session_id ?? null
}

export const endImpersonatedSessions = (trx: Trx, accountId: string, staffId?: string) =>
  trx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('impersonator_user_id', 'is not', null)
    .$if(staffId !== undefined, (query) => query.where('impersonator_user_id', '=', staffId ?? ''))
    .returning(['id', 'user_id', 'impersonator_user_id', 'impersonator_name'])
    .execute()

/** A session of the staff that waits while its owner is elsewhere: nobody holds a token that fits. */
export const parkSession = (trx: Trx, accountId: string, sessionId: string, tokenHash: Buffer) =>
  trx
    .updateTable('sessions')
    .set({ token_hash: tokenHash, fresh_general_until: null, fresh_factors_until: null })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .execute()
