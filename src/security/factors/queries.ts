import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Method } from '../mfa/contract.ts'

/** Factors that were ever confirmed, of one person or of all, with what decides whether mail and SMS may be used. */
export const listBoundFactors = async (trx: Trx, accountId: string, userId: string | null) => {
  const rows = await trx
    .selectFrom('mfa_factors as f')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'f.account_id').onRef('u.id', '=', 'f.user_id'),
    )
    .select([
      'f.id',
      'f.user_id',
      'f.type',
      'f.name',
      'f.state',
      'f.backup_eligible',
      'f.confirmed_at',
      'f.last_used_at',
      'f.created_at',
      'u.phone',
      'u.phone_verified_at',
      'u.email_verified_at',
      'u.mfa_setting',
    ])
    .where('f.account_id', '=', accountId)
    .$if(userId !== null, (query) => query.where('f.user_id', '=', userId ?? ''))
    .where('f.state', '<>', 'pending')
    .where('u.deleted_at', 'is', null)
    .orderBy('f.created_at')
    .orderBy('f.id')
    .execute()
  return rows.map((row) => ({ ...row, type: row.type as Method }))
}
export type BoundFactorRow = Awaited<ReturnType<typeof listBoundFactors>>[number]

export const findFactor = (trx: Trx, accountId: string, userId: string, factorId: string) =>
  trx
    .selectFrom('mfa_factors')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', factorId)
    .executeTakeFirst()
export type FactorRow = NonNullable<Awaited<ReturnType<typeof findFactor>>>

/** A registration under way: live, of this person and kind. */
export const findPending = (trx: Trx, accountId: string, userId: string, factorId: string, type: Method) =>
  trx
    .selectFrom('mfa_factors')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', factorId)
    .where('type', '=', type)
    .where('state', '=', 'pending')
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()

export type NewFactor = {
  readonly id: string
  readonly userId: string
  readonly type: Method
  readonly state: 'pending' | 'active'
  readonly origin?: 'own' | 'setting'
  readonly name?: string | null
  readonly secretSealed?: Buffer
  readonly challenge?: string
  readonly binding?: Buffer
  readonly expiresAt?: Date
  readonly confirmedAt?: Date
}

export const insertFactor = (trx: Trx, accountId: string, factor: NewFactor) =>
  trx
    .insertInto('mfa_factors')
    .values({
      account_id: accountId,
      id: factor.id,
      user_id: factor.userId,
      type: factor.type,
      state: factor.state,
      origin: factor.origin ?? 'own',
      name: factor.name ?? null,
      secret_sealed: factor.secretSealed ?? null,
      challenge: factor.challenge ?? null,
      binding: factor.binding ?? null,
      expires_at: factor.expiresAt ?? null,
      confirmed_at: factor.confirmedAt ?? null,
    })
    .execute()

/** A person begins anew: what was begun before and never confirmed is gone. */
export const deletePending = (trx: Trx, accountId: string, userId: string, type: Method) =>
  trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('state', '=', 'pending')
    .execute()

export type Activation = {
  readonly name: string | null
  readonly lastStep?: number
  readonly passkey?: {
    readonly credentialId: Buffer
    readonly publicKey: Buffer
    readonly counter: number
    readonly transports: readonly string[]
    readonly backupEligible: boolean
    readonly backedUp: boolean
  }
}

export const activatePending = (
  trx: Trx,
  accountId: string,
  userId: string,
  factorId: string,
  given: Activation,
) =>
  trx
    .updateTable('mfa_factors')
    .set({
      state: 'active',
      name: given.name,
      challenge: null,
      binding: null,
      expires_at: null,
      confirmed_at: sql<Date>`app_now()`,
      updated_at: sql<Date>`app_now()`,
      ...(given.lastStep === undefined ? {} : { last_step: given.lastStep }),
      ...(given.passkey
        ? {
            credential_id: given.passkey.credentialId,
            public_key: given.passkey.publicKey,
            counter: given.passkey.counter,
            transports: [...given.passkey.transports],
            backup_eligible: given.passkey.backupEligible,
            backed_up: given.passkey.backedUp,
          }
        : {}),
    })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', factorId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', sql<Date>`app_now()`)
    .returningAll()
    .executeTakeFirst()

/** What stands for the administrator's choice of mail or SMS; nothing where the person has bound one of the kind. */
export const insertSettingFactor = (
  trx: Trx,
  accountId: string,
  factor: { id: string; userId: string; type: 'email' | 'sms'; proven: boolean },
) =>
  trx
    .insertInto('mfa_factors')
    .values({
      account_id: accountId,
      id: factor.id,
      user_id: factor.userId,
      type: factor.type,
      state: 'active',
      origin: 'setting',
      confirmed_at: factor.proven ? sql<Date>`app_now()` : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export const deleteSettingFactors = (trx: Trx, accountId: string, userId: string, kept: Method | null) =>
  trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('origin', '=', 'setting')
    .$if(kept !== null, (query) => query.where('type', '<>', kept ?? ''))
    .execute()

/** Bound factors of one kind except passkeys give way to the new one. */
export const deleteBound = (trx: Trx, accountId: string, userId: string, type: Method) =>
  trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('state', '<>', 'pending')
    .returning('id')
    .execute()

export const deleteFactor = (trx: Trx, accountId: string, userId: string, factorId: string) =>
  trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', factorId)
    .execute()

export const deleteAllFactors = (trx: Trx, accountId: string, userId: string) =>
  trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .returning('type')
    .execute()

export const renameFactorRow = (
  trx: Trx,
  accountId: string,
  userId: string,
  factorId: string,
  name: string,
) =>
  trx
    .updateTable('mfa_factors')
    .set({ name, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', factorId)
    .execute()

export const findTotp = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('mfa_factors')
    .select(['id', 'secret_sealed'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', 'totp')
    .where('state', '=', 'active')
    .executeTakeFirst()

/** A code works once, and no step at or before the last used one does (security.md §3.3). */
export const spendStep = async (
  trx: Trx,
  accountId: string,
  factorId: string,
  step: number,
): Promise<boolean> => {
  const done = await trx
    .updateTable('mfa_factors')
    .set({ last_step: step, last_used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', factorId)
    .where('state', '=', 'active')
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}

/** Notes the use of a mailed or texted code. */
export const touchFactor = (trx: Trx, accountId: string, userId: string, type: Method) =>
  trx
    .updateTable('mfa_factors')
    .set({ last_used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('state', '=', 'active')
    .execute()

export const setFactorDisabled = (trx: Trx, accountId: string, userId: string, type: Method) =>
  trx
    .updateTable('mfa_factors')
    .set({ state: 'disabled', updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('state', '=', 'active')
    .returning('id')
    .execute()

/** Whoever answered a code proved the number it went to. */
export const provePhone = (trx: Trx, accountId: string, userId: string, phone: string) =>
  trx
    .updateTable('users')
    .set({ phone_verified_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('phone', '=', phone)
    .where('phone_verified_at', 'is', null)
    .execute()

export const confirmSettingFactor = (trx: Trx, accountId: string, userId: string, type: Method) =>
  trx
    .updateTable('mfa_factors')
    .set({ confirmed_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('state', '=', 'active')
    .where('confirmed_at', 'is', null)
    .execute()

/** The open code of a factor that is being bound; resending makes a new one. */
export const findCodeChallenge = async (trx: Trx, accountId: string, userId: string, factorId: string) => {
  const row = await trx
    .selectFrom('mfa_challenges')
    .select('id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('purpose', '=', 'enrol')
    .where('state', '=', 'pending')
    .where(sql<string>`payload ->> 'factor_id'`, '=', factorId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}
