import { isKnownEntitlement } from '../accounts/index.ts'
import { invalidField } from '../http/errors.ts'
import { isOperatorKey, permissionKeys } from '../http/permissions/contract.ts'
import { builtInNames } from '../security/index.ts'
import type { Seed, SeedAccount } from './seed-contract.ts'

const checkKeys = (keys: readonly string[], pointer: string, operator: boolean): void => {
  for (const [index, key] of keys.entries()) {
    if (!permissionKeys.some((known) => known === key && isOperatorKey(known) === operator))
      throw invalidField(`${pointer}/${index}`, 'not_in_list', 'is not a permission key here')
  }
}

const checkAccount = (account: SeedAccount, pointer: string): void => {
  for (const key of Object.keys(account.entitlements ?? {})) {
    if (!isKnownEntitlement(key))
      throw invalidField(`${pointer}/entitlements/${key}`, 'unknown_field', 'is not an entitlement')
  }
  const own = account.roles ?? []
  for (const [index, role] of own.entries())
    checkKeys(role.permissions, `${pointer}/roles/${index}/permissions`, false)
  const known = new Set([...Object.keys(builtInNames), ...own.map((role) => role.key)])
  for (const [index, user] of account.users.entries()) {
    const unknown = user.roles.findIndex((role) => !known.has(role))
    if (unknown >= 0)
      throw invalidField(`${pointer}/users/${index}/roles/${unknown}`, 'not_in_list', 'is not a role here')
    if (user.mfa === 'sms' && user.phone === undefined)
      throw invalidField(`${pointer}/users/${index}/phone`, 'required', 'is needed for codes by SMS')
  }
}

/** What can be known to be wrong before anything is emptied or written. */
export const checkSeed = (seed: Seed): void => {
  for (const [index, person] of (seed.staff ?? []).entries())
    checkKeys(person.permissions ?? [], `/staff/${index}/permissions`, true)
  for (const [index, account] of (seed.accounts ?? []).entries()) checkAccount(account, `/accounts/${index}`)
}
