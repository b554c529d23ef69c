import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Method, Requirement, Setting } from './contract.ts'

export const findAccountSecurity = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('account_security')
    .select(['require', 'methods', 'trusted_device_days', 'device_bound_owners', 'version'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
export type AccountSecurityRow = NonNullable<Awaited<ReturnType<typeof findAccountSecurity>>>

/** Two administrators who change what is asked queue here; the row is made where it is missing. */
export const lockAccountSecurity = async (trx: Trx, accountId: string): Promise<AccountSecurityRow> => {
  await trx
    .insertInto('account_security')
    .values({ account_id: accountId, version: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return trx
    .selectFrom('account_security')
    .select(['require', 'methods', 'trusted_device_days', 'device_bound_owners', 'version'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export type PolicyChange = {
  readonly require: Requirement
  readonly methods: readonly Method[]
  readonly trustedDeviceDays: number
  readonly deviceBoundOwners: boolean
}

export const updateAccountSecurity = (trx: Trx, accountId: string, change: PolicyChange) =>
  trx
    .updateTable('account_security')
    .set({
      require: change.require,
      methods: [...change.methods],
      trusted_device_days: change.trustedDeviceDays,
      device_bound_owners: change.deviceBoundOwners,
      version: sql<number>`version + 1`,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .execute()

export type PersonRow = {
  readonly id: string
  readonly first_name: string
  readonly last_name: string
  readonly status: string
  readonly email: string
  readonly phone: string | null
  readonly phone_verified_at: Date | null
  readonly email_verified_at: Date | null
  readonly mfa_setting: Setting
  readonly preferred_factor: Method | null
  readonly email_code_barred_until: Date | null
  readonly mfa_reset_at: Date | null
  readonly password_ge15: boolean
  readonly instance: boolean
}

const people = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('users as u')
    .innerJoin('accounts as a', 'a.account_id', 'u.account_id')
    .select([
      'u.id',
      'u.first_name',
      'u.last_name',
      'u.status',
      'u.email',
      'u.phone',
      'u.phone_verified_at',
      'u.email_verified_at',
      'u.mfa_setting',
      'u.preferred_factor',
      'u.email_code_barred_until',
      'u.mfa_reset_at',
      'u.password_ge15',
      sql<boolean>`a.kind = 'instance'`.as('instance'),
    ])
    .where('u.account_id', '=', accountId)
    .where('u.deleted_at', 'is', null)

export const findPersonRow = async (trx: Trx, accountId: string, userId: string) =>
  (await people(trx, accountId).where('u.id', '=', userId).executeTakeFirst()) as PersonRow | undefined

/** Serialises whoever changes the factors of one person. */
export const lockPersonRow = async (trx: Trx, accountId: string, userId: string) =>
  (await people(trx, accountId).where('u.id', '=', userId).forNoKeyUpdate('u').executeTakeFirst()) as
    | PersonRow
    | undefined

export const listPersonRows = async (trx: Trx, accountId: string) =>
  (await people(trx, accountId)
    .where('u.status', 'in', ['active', 'invited'])
    .where('u.sign_in_allowed', '=', true)
    .orderBy('u.id')
    .execute()) as unknown as PersonRow[]

/** Before everybody is judged: nobody's factors or setting change until it is done. Always in the same order. */
export const lockPeople = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

export const setMfaSetting = (trx: Trx, accountId: string, userId: string, setting: Setting) =>
  trx
    .updateTable('users')
    .set({
      mfa_setting: setting,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

export const setPreferred = (trx: Trx, accountId: string, userId: string, method: Method) =>
  trx
    .updateTable('users')
    .set({ preferred_factor: method })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

/** The next session may change the password and nothing else: alone it is too short (security.md §4.2). */
export const demandLongerPassword = (trx: Trx, accountId: string, userId: string) =>
  trx
    .updateTable('users')
    .set({ password_change_required: true })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('password_ge15', '=', false)
    .where('password_sealed', 'is not', null)
    .execute()

/** Ends sessions of these people in which none of the methods was proven; answers how many. */
export const endWeakSessions = async (
  trx: Trx,
  accountId: string,
  demands: readonly { readonly userId: string; readonly methods: readonly string[] }[],
  keptSessionId: string | null,
): Promise<number> => {
  if (demands.length === 0) return 0
  const { rows } = await sql`
    delete from sessions s using jsonb_to_recordset(${JSON.stringify(demands)}::jsonb) as d("userId" uuid, methods text[])
    where s.account_id = ${accountId} and s.user_id = d."userId" and s.id is distinct from ${keptSessionId}::uuid and s.impersonator_user_id is null
      and not s.amr && d.methods returning s.id`.execute(trx)
  return rows.length
}

export const deleteTrustedDevices = (trx: Trx, accountId: string, userId: string) =>
  trx
    .deleteFrom('trusted_devices')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()

/** Asks again for the code on every trusted browser of these people. */
export const deleteTrustedDevicesOf = (trx: Trx, accountId: string, userIds: readonly string[]) =>
  userIds.length === 0
    ? Promise.resolve()
    : trx
        .deleteFrom('trusted_devices')
        .where('account_id', '=', accountId)
        .where('user_id', 'in', [...userIds])
        .execute()
