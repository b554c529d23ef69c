import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { Scopes } from '../roles/scopes.ts'
import type { Renewal, SessionKind } from './kinds.ts'

export const findSessionPlace = async (db: Db, tokenHash: Buffer) => {
  const { rows } = await sql<{ account_id: string; session_id: string }>`
    select account_id, session_id from lookup_session(${tokenHash})`.execute(db)
  return rows[0] ?? null
}

export type SessionRow = {
  id: string
  token_hash: Buffer
  user_id: string
  created_at: Date
  last_active_at: Date
  amr: string[]
  limited: string | null
  fresh_general_until: Date | null
  fresh_factors_until: Date | null
  session_epoch: number
  user_epoch: number
  login: string
  email: string
  first_name: string
  last_name: string
  language: 'en' | 'pl' | 'de'
  time_zone: string
  user_status: string
  sign_in_allowed: boolean
  valid_until: string | null
  deleted_at: Date | null
  account_name: string
  account_kind: 'instance' | 'customer'
  account_status: 'pending' | 'test' | 'active' | 'suspended' | 'closed'
  roles: { id: string; name: string; built_in: string | null }[]
  role_keys: string[]
  direct: { key: string; allow: boolean }[]
  scopes: Scopes
  overrides: Record<string, unknown>
  mfa_setting: 'off' | 'email' | 'sms' | 'totp' | 'passkey' | 'own_choice'
  limited_until: Date | null
  impersonator_user_id: string | null
  impersonator_session_id: string | null
  impersonator_name: string | null
  impersonation_expires_at: Date | null
  impersonation_write: boolean
  mismatch_noticed_at: Date | null
}

/** The session with its user, roles and account in one statement: rules are judged on each request. */
export const findSession = async (
  trx: Trx,
  accountId: string,
  sessionId: string,
): Promise<SessionRow | null> => {
  const { rows } = await sql<SessionRow>`
    select s.id, s.token_hash, s.user_id, s.created_at, s.last_active_at, s.amr, s.limited, s.fresh_general_until,
      s.fresh_factors_until, s.limited_until, s.impersonator_user_id, s.impersonator_session_id, s.impersonator_name,
      s.impersonation_expires_at, s.impersonation_write, s.mismatch_noticed_at, u.mfa_setting, s.security_epoch as session_epoch, u.security_epoch as user_epoch, u.login, u.email,
      u.first_name, u.last_name, u.language, u.time_zone, u.status as user_status, u.sign_in_allowed, u.valid_until,
      u.deleted_at, a.name as account_name, a.kind as account_kind, a.status as account_status,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'built_in', r.built_in) order by r.name)
        from user_roles ur join roles r on r.account_id = ur.account_id and r.id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '[]') as roles,
      coalesce((select array_agg(distinct p.key) from user_roles ur
        join role_permissions p on p.account_id = ur.account_id and p.role_id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}') as role_keys,
      coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'allow', p.allow)) from user_permissions p
        where p.account_id = ${accountId} and p.user_id = u.id), '[]') as direct, u.scopes,
      coalesce((select jsonb_object_agg(e.key, e.value) from entitlement_overrides e
        where e.account_id = ${accountId} and (e.valid_until is null or e.valid_until > app_now())), '{}') as overrides
    from sessions s
    join users u on u.account_id = s.account_id and u.id = s.user_id
    join accounts a on a.account_id = s.account_id
    where s.account_id = ${accountId} and s.id = ${sessionId}`.execute(trx)
  return rows[0] ?? null
}

export type NewSession = {
  id: string
  tokenHash: Buffer
  userId: string
  at: Date
  address: string | null
  epoch: number
  agent: string
  kind: SessionKind
}

export const insertSession = (trx: Trx, accountId: string, session: NewSession) => {
  const { impersonation, amr, limited, limitedUntil } = session.kind
  return trx
    .insertInto('sessions')
    .values({
      account_id: accountId,
      id: session.id,
      token_hash: session.tokenHash,
      user_id: session.userId,
      created_at: session.at,
      last_active_at: session.at,
      last_address: session.address,
      amr: [...amr],
      limited: limited ?? null,
      limited_until: limitedUntil ?? null,
      security_epoch: session.epoch,
      agent_family: session.agent,
      impersonator_user_id: impersonation?.staffId ?? null,
      impersonator_session_id: impersonation?.staffSessionId ?? null,
      impersonator_name: impersonation?.staffName ?? null,
      impersonation_expires_at: impersonation?.expiresAt ?? null,
      impersonation_write: impersonation?.write ?? false,
      impersonation_reason: impersonation?.reason ?? null,
    })
    .execute()
}

/** Ends the oldest sessions above the number one person may hold; answers those that ended. */
export const dropOldSessions = async (trx: Trx, accountId: string, userId: string, sessionsMax: number) => {
  const { rows } = await sql<{ id: string; agent_family: string }>`
    delete from sessions where account_id = ${accountId} and id in (
      select id from sessions where account_id = ${accountId} and user_id = ${userId}
        and impersonator_user_id is null
      order by created_at desc, id desc offset ${sessionsMax})
    returning id, agent_family`.execute(trx)
  return rows
}

/** True for the first request from outside the list; requests that race are told apart by the row count. */
export const noteMismatch = async (trx: Trx, accountId: string, sessionId: string): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ mismatch_noticed_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .where('mismatch_noticed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export const touchSession = (
  trx: Trx,
  accountId: string,
  sessionId: string,
  at: Date,
  address: string | null,
) =>
  trx
    .updateTable('sessions')
    .set({ last_active_at: at, last_address: address })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .execute()

export const rotateSession = (
  trx: Trx,
  accountId: string,
  sessionId: string,
  tokenHash: Buffer,
  renewal: Renewal,
) =>
  trx
    .updateTable('sessions')
    .set({
      token_hash: tokenHash,
      ...(renewal.freshGeneralUntil === undefined ? {} : { fresh_general_until: renewal.freshGeneralUntil }),
      ...(renewal.freshFactorsUntil === undefined ? {} : { fresh_factors_until: renewal.freshFactorsUntil }),
      ...(renewal.epoch === undefined ? {} : { security_epoch: renewal.epoch }),
      ...(renewal.amr === undefined ? {} : { amr: [...renewal.amr] }),
      ...(renewal.limited === undefined ? {} : { limited: renewal.limited, limited_until: null }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .execute()

export const deleteSession = (trx: Trx, accountId: string, sessionId: string, userId: string) =>
  trx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', sessionId)
    .returning('id')
    .executeTakeFirst()

/** Ends sessions of an account: one by its id, or those of a person. */
export const deleteSessions = async (
  trx: Trx,
  accountId: string,
  which: { sessionId?: string; userId?: string; exceptId?: string },
): Promise<number> => {
  let query = trx.deleteFrom('sessions').where('account_id', '=', accountId)
  if (which.sessionId !== undefined) query = query.where('id', '=', which.sessionId)
  if (which.userId !== undefined) query = query.where('user_id', '=', which.userId)
  if (which.exceptId !== undefined) query = query.where('id', '<>', which.exceptId)
  const gone = await query.returning('id').execute()
  return gone.length
}

/** Every session carries the epoch it was made in; a raised one outdates them all. */
export const raiseEpoch = async (trx: Trx, accountId: string, userId: string): Promise<number> => {
  const row = await trx
    .updateTable('users')
    .set({ security_epoch: sql<number>`security_epoch + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .returning('security_epoch')
    .executeTakeFirst()
  return row?.security_epoch ?? 0
}

export const listSessions = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('sessions')
    .select(['id', 'created_at', 'last_active_at', 'last_address', 'agent_family', 'amr', 'limited'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .orderBy('last_active_at', 'desc')
    .execute()

/** Where a member of staff comes from while he is in a customer's account. */
export const findStaffSession = (trx: Trx, accountId: string, sessionId: string) =>
  trx
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 's.account_id').onRef('u.id', '=', 's.user_id'),
    )
    .select(['s.user_id', 's.security_epoch as session_epoch', 'u.security_epoch as user_epoch'])
    .where('s.account_id', '=', accountId)
    .where('s.id', '=', sessionId)
    .executeTakeFirst()

export const hasLiveSupportGrant = async (trx: Trx, accountId: string): Promise<boolean> => {
  const { rows } = await sql<{ live: boolean }>`select exists (select from support_grants
    where account_id = ${accountId} and revoked_at is null and expires_at > app_now()) as live`.execute(trx)
  return rows[0]?.live ?? false
}

/** True for the first look of a session behind a support grant. */
export const noteSupportUse = async (trx: Trx, accountId: string, sessionId: string): Promise<boolean> => {
  const { rows } = await sql`update sessions set support_access_used_at = app_now()
    where account_id = ${accountId} and id = ${sessionId} and support_access_used_at is null
    returning id`.execute(trx)
  return rows.length > 0
}
