import { sql } from 'kysely'
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
    .select(sql<string>`first_name || ' ' || last_name`.as('name'))
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

export const insertWrite = (
  trx: Trx,
  accountId: string,
  write: { approvalId: string; staffId: string; userId: string; expiresAt: Date },
) =>
  trx
    .insertInto('impersonation_writes')
    .values({
      account_id: accountId,
      approval_id: write.approvalId,
      staff_user_id: write.staffId,
      user_id: write.userId,
      expires_at: write.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Spends what a second member of staff allowed; of parallel callers one gets it. */
export const spendWrite = async (trx: Trx, accountId: string, staffId: string, userId: string) => {
  const { rows } = await sql<{ approval_id: string }>`
    update impersonation_writes set used_at = app_now()
    where account_id = ${accountId} and used_at is null and approval_id = (
      select approval_id from impersonation_writes
      where account_id = ${accountId} and staff_user_id = ${staffId} and user_id = ${userId}
        and used_at is null and expires_at > app_now()
      order by expires_at limit 1 for update skip locked)
    returning approval_id`.execute(trx)
  return rows[0]?.approval_id ?? null
}
