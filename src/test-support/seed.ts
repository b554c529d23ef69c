import type pg from 'pg'
import { applyAccountSettings, isKnownEntitlement } from '../accounts/index.ts'
import { inAccount, instanceAccountId, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, invalidField } from '../http/errors.ts'
import {
  addPerson,
  ensureInstanceAccount,
  makeOwner,
  openAccount,
  type Provision,
  preparePerson,
} from '../security/index.ts'
import { emptyEverything } from './reset.ts'
import type { Seed } from './seed-contract.ts'

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

type SeedAccount = NonNullable<Seed['accounts']>[number]
type SeedUser = SeedAccount['users'][number]

const prepare = (deps: Deps, user: SeedUser | NonNullable<Seed['staff']>[number]) =>
  preparePerson(deps, {
    login: user.login ?? user.email,
    email: user.email,
    firstName: user.first_name ?? 'Test',
    lastName: user.last_name ?? 'User',
    password: user.password,
    ...('language' in user && user.language ? { language: user.language } : {}),
    ...('status' in user && user.status ? { status: user.status } : {}),
  })

const seedAccount = async (trx: Trx, deps: Deps, account: SeedAccount, provisions: readonly Provision[]) => {
  const people = await Promise.all(account.users.map((user) => prepare(deps, user)))
  const opened = await openAccount(
    trx,
    deps,
    {
      name: account.name,
      status: account.status ?? 'active',
      entitlements: { ...seedDefaults, ...account.entitlements },
      owner: { email: account.users[0]?.email ?? 'owner@example.com' },
    },
    provisions,
  )
  const users: Record<string, unknown> = {}
  for (const [index, person] of people.entries()) {
    const given = account.users[index]
    await addPerson(trx, opened.id, person)
    await makeOwner(trx, opened.id, person.id, opened.ownerRoleId)
    const key = given?.key ?? given?.login ?? person.email
    users[key] = { id: person.id, login: person.login, email: person.email, roles: given?.roles ?? [] }
  }
  if (account.settings) await applyAccountSettings(trx, opened.id, account.settings, null)
  return {
    key: account.key ?? account.name,
    ...opened,
    status: account.status ?? 'active',
    name: account.name,
    users,
  }
}

const checkEntitlements = (seed: Seed): void => {
  for (const [index, account] of (seed.accounts ?? []).entries()) {
    for (const key of Object.keys(account.entitlements ?? {})) {
      if (!isKnownEntitlement(key)) {
        throw invalidField(`/accounts/${index}/entitlements/${key}`, 'unknown_field', 'is not an entitlement')
      }
    }
  }
}

/** Makes staff, accounts and users as given; passwords are stored without a rule of strength. */
export const runSeed = async (deps: Deps, owner: pg.Pool, seed: Seed, provisions: readonly Provision[]) => {
  checkEntitlements(seed)
  if (seed.reset) await emptyEverything(owner)
  await ensureInstanceAccount(deps)
  const staff = await Promise.all((seed.staff ?? []).map((person) => prepare(deps, person)))
  const opened = await inAccount(deps.db, instanceAccountId, async (trx) => {
    for (const person of staff) await addPerson(trx, instanceAccountId, person)
    const accounts = []
    for (const account of seed.accounts ?? [])
      accounts.push(await seedAccount(trx, deps, account, provisions))
    return accounts
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'login_taken')
      throw invalidField('', 'login_taken', error.message)
    throw error
  })
  return {
    staff: staff.map((person) => ({ id: person.id, login: person.login })),
    accounts: Object.fromEntries(
      opened.map(({ key, ownerRoleId, ...account }) => [key, { ...account, roles: { owner: ownerRoleId } }]),
    ),
  }
}
