import { applyAccountSettings } from '../accounts/index.ts'
import { type Trx, useAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { invalidField } from '../http/errors.ts'
import {
  addPerson,
  openAccount,
  type Provision,
  seedGuard,
  seedMfaPolicy,
  seedRoles,
  storeConfirmed,
} from '../security/index.ts'
import type { SeedAccount, SeedUser } from './seed-contract.ts'
import { type PreparedUser, preparePeople } from './seed-people.ts'

/** Laid under an account's own entitlements, so that tests need no operator (security.md §7). */
const seedDefaults = {
  'channel.email': true,
  'channel.sms': true,
  'channel.push': true,
  'channel.rcs': true,
  'api.email': true,
  'api.sms': true,
  'api.push': true,
  'api.rcs': true,
  'smtp.submission': true,
}

export type PreparedAccount = {
  readonly given: SeedAccount
  readonly people: readonly PreparedUser<SeedUser>[]
}

export const prepareAccount = async (deps: Deps, given: SeedAccount): Promise<PreparedAccount> => ({
  given,
  people: await preparePeople(deps, given.users),
})

const open = (trx: Trx, deps: Deps, given: SeedAccount, provisions: readonly Provision[]) =>
  openAccount(
    trx,
    deps,
    {
      name: given.name,
      status: given.status ?? 'active',
      entitlements: { ...seedDefaults, ...given.entitlements },
      owner: { email: given.users[0]?.email ?? 'owner@example.com' },
    },
    provisions,
  )

const keyOf = (user: SeedUser): string => user.key ?? user.login ?? user.email

const guardOf = (given: SeedUser, roles: Readonly<Record<string, string>>) => ({
  roleIds: given.roles.flatMap((role) => roles[role] ?? []),
  ...(given.phone === undefined ? {} : { phone: given.phone }),
  ...(given.phone_verified === undefined ? {} : { phoneVerified: given.phone_verified }),
  ...(given.mfa === undefined ? {} : { mfa: given.mfa }),
  ...(given.totp_secret === undefined ? {} : { totpSecret: given.totp_secret }),
  ...(given.recovery_codes === undefined ? {} : { recoveryCodes: given.recovery_codes }),
  ...(given.break_glass === undefined ? {} : { breakGlass: given.break_glass }),
})

type SeededUser = {
  readonly id: string
  readonly login: string
  readonly email: string
  readonly roles: readonly string[]
}

const seedUser = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  { given, person }: PreparedUser<SeedUser>,
  roles: Readonly<Record<string, string>>,
): Promise<SeededUser> => {
  await addPerson(trx, accountId, person)
  const codes = await seedGuard(trx, deps, { accountId, userId: person.id }, guardOf(given, roles))
  return { id: person.id, login: person.login, email: person.email, roles: given.roles, ...codes }
}

/** A personal entry names its user by the key of the seed. */
const entriesOf = (given: SeedAccount, users: Readonly<Record<string, SeededUser>>) =>
  (given.ip_entries ?? []).map((entry) => {
    if (typeof entry === 'string') return { address: entry }
    const { target, ...rest } = entry
    if (target?.type !== 'user') return rest
    const userId = users[target.user_id ?? '']?.id
    if (userId === undefined)
      throw invalidField('/accounts/ip_entries', 'not_in_list', 'names no user of the seed')
    return { ...rest, userId }
  })

export const seedAccount = async (
  trx: Trx,
  deps: Deps,
  { given, people }: PreparedAccount,
  provisions: readonly Provision[],
) => {
  const { id, slug } = await open(trx, deps, given, provisions)
  await useAccount(trx, id)
  const roles = await seedRoles(trx, deps, id, given.roles ?? [])
  if (!roles) throw invalidField('/accounts/roles', 'name_taken', 'a role of this name is there already')
  const users: Record<string, SeededUser> = {}
  for (const person of people) users[keyOf(person.given)] = await seedUser(trx, deps, id, person, roles)
  if (given.settings) await applyAccountSettings(trx, id, given.settings, null)
  if (given.mfa_policy) await seedMfaPolicy(trx, id, given.mfa_policy)
  await storeConfirmed(trx, deps, {
    accountId: id,
    createdBy: people[0]?.person.id ?? null,
    entries: entriesOf(given, users),
  })
  return { id, name: given.name, slug, status: given.status ?? 'active', roles, users }
}
