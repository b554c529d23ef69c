import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { makeRecoveryCodes } from '../factors/index.ts'
import { bindTotp } from '../factors/offer.ts'
import type { Method, Requirement, Setting } from '../mfa/contract.ts'
import { lockAccountSecurity, updateAccountSecurity } from '../mfa/queries.ts'
import { applySetting } from '../mfa/setting.ts'
import { giveCodes } from '../network/index.ts'
import { setSeededPhone } from '../queries.ts'
import { insertRole, listBuiltInRoles, replaceRoleKeys } from '../roles/queries.ts'
import { replaceUserPermissions, replaceUserRoles } from '../users/queries.ts'

/** What seeds put into an account beside its people; they judge nothing, the seed has. */
export type SeededRole = {
  readonly key: string
  readonly name: string
  readonly permissions: readonly string[]
}

/** Makes own roles; answers every role of the account by its key, the built-in ones too. Null where a name is taken. */
export const seedRoles = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  roles: readonly SeededRole[],
): Promise<Readonly<Record<string, string>> | null> => {
  const ids: Record<string, string> = await listBuiltInRoles(trx, accountId)
  for (const role of roles) {
    const id = uuidV7(deps.clock.now())
    if (!(await insertRole(trx, accountId, { id, name: role.name }))) return null
    await replaceRoleKeys(trx, accountId, id, role.permissions)
    ids[role.key] = id
  }
  return ids
}

export const seedMfaPolicy = async (
  trx: Trx,
  accountId: string,
  policy: {
    readonly require: Requirement
    readonly methods: readonly Method[]
    readonly trusted_device_days: number
    readonly device_bound_owners?: boolean
  },
): Promise<void> => {
  await lockAccountSecurity(trx, accountId)
  await updateAccountSecurity(trx, accountId, {
    require: policy.require,
    methods: policy.methods,
    trustedDeviceDays: policy.trusted_device_days,
    deviceBoundOwners: policy.device_bound_owners ?? false,
  })
}

export type SeededGuard = {
  readonly roleIds: readonly string[]
  readonly permissions?: readonly string[]
  readonly phone?: string
  readonly phoneVerified?: boolean
  readonly mfa?: Setting
  readonly totpSecret?: string
  readonly recoveryCodes?: boolean
  readonly breakGlass?: boolean
}

/** Rights and factors of a person who is there already; answers codes that are shown once. */
export const seedGuard = async (
  trx: Trx,
  deps: Deps,
  place: { readonly accountId: string; readonly userId: string },
  given: SeededGuard,
): Promise<{ recovery_codes?: readonly string[]; break_glass_codes?: readonly string[] }> => {
  const { accountId, userId } = place
  const now = deps.clock.now()
  await replaceUserRoles(trx, accountId, userId, given.roleIds)
  const direct = (given.permissions ?? []).map((key) => ({ key, allow: true }))
  if (direct.length > 0) await replaceUserPermissions(trx, accountId, userId, direct)
  const provenAt = given.phone !== undefined && given.phoneVerified !== false ? now : null
  if (given.phone !== undefined) await setSeededPhone(trx, accountId, userId, given.phone, provenAt)
  const person = { id: userId, phone_verified_at: provenAt, email_verified_at: now }
  if (given.mfa !== undefined) await applySetting(trx, deps, accountId, person, given.mfa)
  if (given.totpSecret !== undefined) await bindTotp(trx, deps, { ...place, secret: given.totpSecret })
  return {
    ...(given.recoveryCodes ? { recovery_codes: await makeRecoveryCodes(trx, accountId, userId) } : {}),
    ...(given.breakGlass ? { break_glass_codes: await giveCodes(trx, deps, accountId, userId) } : {}),
  }
}
