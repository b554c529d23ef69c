import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Scopes } from '../roles/scopes.ts'

export type UserView = {
  id: string
  login: string
  email: string
  email_verified_at: Date | null
  phone: string | null
  phone_verified_at: Date | null
  first_name: string
  last_name: string
  language: 'en' | 'pl' | 'de'
  time_zone: string
  valid_until: string | null
  shown_status: 'invited' | 'active' | 'disabled'
  status: string
  sign_in_allowed: boolean
  roles: { id: string; name: string; built_in: string | null }[]
  allow: string[]
  deny: string[]
  scopes: Scopes
  mfa_setting: string
  mfa_status: 'off' | 'active' | 'pending_verification' | 'enrolment_pending'
  invitation_id: string | null
  last_sign_in_at: Date | null
  last_address: string | null
  created_at: Date
  version: number
}

const shownStatus = sql`case
  when not u.sign_in_allowed or u.valid_until < (app_now() at time zone 'UTC')::date then 'disabled'
  else u.status end`

const columns = (accountId: string) => sql`
  u.id, u.login, u.email, u.email_verified_at, u.phone, u.phone_verified_at, u.first_name, u.last_name, u.language,
  u.time_zone, u.valid_until, u.status, u.sign_in_allowed, u.scopes, u.mfa_setting, u.last_sign_in_at, u.last_address,
  u.created_at, u.version, ${shownStatus} as shown_status,
  coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'built_in', r.built_in) order by r.id)
    from user_roles ur join roles r on r.account_id = ur.account_id and r.id = ur.role_id
    where ur.account_id = ${accountId} and ur.user_id = u.id), '[]') as roles,
  coalesce((select array_agg(p.key order by p.key) from user_permissions p
    where p.account_id = ${accountId} and p.user_id = u.id and p.allow), '{}') as allow,
  coalesce((select array_agg(p.key order by p.key) from user_permissions p
    where p.account_id = ${accountId} and p.user_id = u.id and not p.allow), '{}') as deny,
  case
    when u.mfa_setting = 'sms' and u.phone_verified_at is null then 'pending_verification'
    when exists (select from mfa_factors f where f.account_id = ${accountId} and f.user_id = u.id and f.state = 'active')
      then 'active'
    when u.mfa_setting <> 'off' then 'enrolment_pending'
    else 'off' end as mfa_status,
  (select i.id from invitations i where i.account_id = ${accountId} and i.user_id = u.id and i.status = 'pending'
    order by i.id desc limit 1) as invitation_id`

const likePattern = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`

export type UserSearch = {
  words: readonly string[]
  status: string | null
  roleId: string | null
  after: string | null
  limit: number
}

export const listUserViews = async (trx: Trx, accountId: string, search: UserSearch): Promise<UserView[]> => {
  const words = search.words.map(
    (word) => sql`and lower(concat_ws(' ', u.first_name, u.last_name, u.login, u.email, u.phone))
      like lower(${likePattern(word)}::text)`,
  )
  const { rows } = await sql<UserView>`
    select ${columns(accountId)} from users u
    where u.account_id = ${accountId} and u.deleted_at is null
      and (${search.status}::text is null or ${shownStatus} = ${search.status}::text)
      and (${search.roleId}::uuid is null or exists (select from user_roles h
        where h.account_id = ${accountId} and h.user_id = u.id and h.role_id = ${search.roleId}::uuid))
      and (${search.after}::uuid is null or u.id < ${search.after}::uuid)
      ${sql.join(words, sql` `)}
    order by u.id desc limit ${search.limit}`.execute(trx)
  return rows
}

export const findUserView = async (trx: Trx, accountId: string, id: string): Promise<UserView | null> => {
  const { rows } = await sql<UserView>`select ${columns(accountId)} from users u
    where u.account_id = ${accountId} and u.id = ${id} and u.deleted_at is null`.execute(trx)
  return rows[0] ?? null
}

export type UserChange = Partial<{
  first_name: string
  last_name: string
  language: 'en' | 'pl' | 'de'
  time_zone: string
  valid_until: string | null
  phone: string | null
  phone_verified_at: Date | null
  sign_in_allowed: boolean
  status: 'invited' | 'active' | 'disabled'
  disabled_at: Date | null
}>

export const updateUser = (trx: Trx, accountId: string, id: string, change: UserChange) =>
  trx
    .updateTable('users')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

export const replaceUserRoles = async (
  trx: Trx,
  accountId: string,
  userId: string,
  roleIds: readonly string[],
): Promise<void> => {
  await trx
    .deleteFrom('user_roles')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  if (roleIds.length === 0) return
  await trx
    .insertInto('user_roles')
    .values(roleIds.map((roleId) => ({ account_id: accountId, user_id: userId, role_id: roleId })))
    .execute()
}

export const replaceUserPermissions = async (
  trx: Trx,
  accountId: string,
  userId: string,
  direct: readonly { key: string; allow: boolean }[],
): Promise<void> => {
  await trx
    .deleteFrom('user_permissions')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  if (direct.length === 0) return
  await trx
    .insertInto('user_permissions')
    .values(direct.map((one) => ({ account_id: accountId, user_id: userId, ...one })))
    .execute()
}

export const updateScopes = (trx: Trx, accountId: string, userId: string, scopes: Scopes) =>
  trx
    .updateTable('users')
    .set({
      scopes: JSON.stringify(scopes),
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

/** Which of the ids name something of that area in this account. */
export const listKnownIds = async (
  trx: Trx,
  accountId: string,
  area: string,
  ids: readonly string[],
): Promise<string[]> => {
  const { rows } =
    area === 'contacts'
      ? await sql<{ id: string }>`select id from contact_groups
          where account_id = ${accountId} and id = any (${ids}::uuid[]) and state <> 'deleted'`.execute(trx)
      : await sql<{ id: string }>`select id from sender_identities
          where account_id = ${accountId} and id = any (${ids}::uuid[]) and channel = ${area}`.execute(trx)
  return rows.map((row) => row.id)
}

/** Name and history stay, login and address are free again. */
export const markDeleted = async (trx: Trx, accountId: string, id: string): Promise<void> => {
  await sql`update users set deleted_at = app_now(), disabled_at = coalesce(disabled_at, app_now()), status = 'disabled',
      sign_in_allowed = false, last_name = last_name || ' (deleted)', phone = null, phone_verified_at = null,
      password_sealed = null, security_epoch = security_epoch + 1, updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id}`.execute(trx)
  // A passkey that stayed could never be bound again by the same person as a new user.
  for (const table of ['user_roles', 'user_permissions', 'mfa_factors', 'recovery_codes'] as const) {
    await trx.deleteFrom(table).where('account_id', '=', accountId).where('user_id', '=', id).execute()
  }
  await trx
    .updateTable('invitations')
    .set({ status: 'revoked', updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', id)
    .where('status', '=', 'pending')
    .execute()
}

export const countUsers = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}

export type NewInvited = {
  id: string
  login: string
  email: string
  phone: string | null
  firstName: string
  lastName: string
  language: 'en' | 'pl' | 'de'
  timeZone: string
  mfaSetting: string
  scopes: Scopes
}

/** A person who has not come yet: no password, nothing proven. Null when the address is in use in this account. */
export const insertInvitedUser = async (trx: Trx, accountId: string, user: NewInvited): Promise<boolean> => {
  const made = await trx
    .insertInto('users')
    .values({
      account_id: accountId,
      id: user.id,
      login: user.login,
      email: user.email,
      phone: user.phone,
      first_name: user.firstName,
      last_name: user.lastName,
      language: user.language,
      time_zone: user.timeZone,
      status: 'invited',
      mfa_setting: user.mfaSetting,
      scopes: JSON.stringify(user.scopes),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

export type Activation = {
  login: string
  passwordSealed: Buffer
  passwordGe15: boolean
  firstName?: string
  lastName?: string
}

/** The link proved the address; of parallel callers one activates. */
export const activateUser = (trx: Trx, accountId: string, id: string, given: Activation) =>
  trx
    .updateTable('users')
    .set({
      login: given.login,
      password_sealed: given.passwordSealed,
      password_ge15: given.passwordGe15,
      ...(given.firstName === undefined ? {} : { first_name: given.firstName }),
      ...(given.lastName === undefined ? {} : { last_name: given.lastName }),
      status: 'active',
      email_verified_at: sql<Date>`app_now()`,
      activated_at: sql<Date>`app_now()`,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('status', '=', 'invited')
    .where('deleted_at', 'is', null)
    .returning(['id', 'first_name', 'last_name'])
    .executeTakeFirst()
