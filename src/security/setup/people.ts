import { claimDirectoryEntry, insertAccount, makeDataKey, setEntitlement } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict } from '../../http/errors.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { isGe15, makeSealedPassword } from '../passwords/sealed-password.ts'
import { assignRole, insertUser } from '../queries.ts'
import { provideRoles } from '../roles/provide.ts'
import { canonicalLogin } from '../sign-in/person.ts'

/** What the features add to a fresh account (its provider, its sender …), composed in app.ts. */
export type Provision = (
  trx: Trx,
  account: { id: string; name: string; ownerEmail: string },
  deps: Deps,
) => Promise<void>

/** What follows a finished set-up, in its transaction, with the session's account set to the new one; composed in app.ts. */
export type AfterSetup = (
  trx: Trx,
  deps: Deps,
  made: {
    readonly accountId: string
    readonly ownerId: string
    readonly wishes: { readonly demo_data?: boolean }
  },
) => Promise<void>

export type PersonGiven = {
  login: string
  email: string
  firstName: string
  lastName: string
  password: string
  language?: 'en' | 'pl' | 'de'
  status?: 'invited' | 'active' | 'disabled'
}

/** Hashing is slow, so it is done before the transaction begins. */
export type PreparedPerson = PersonGiven & { readonly id: string; readonly passwordSealed: Buffer }

export const preparePerson = async (deps: Deps, given: PersonGiven): Promise<PreparedPerson> => {
  const id = uuidV7(deps.clock.now())
  return { ...given, id, passwordSealed: await makeSealedPassword(deps.keys, id, given.password) }
}

/** Writes the user and takes the login on the whole installation; the caller has chosen the account. */
export const addPerson = async (trx: Trx, accountId: string, person: PreparedPerson): Promise<void> => {
  const login = canonicalLogin(person.login)
  const claimed = await claimDirectoryEntry(trx, {
    kind: 'login',
    key: login,
    accountId,
    targetId: person.id,
  })
  if (!claimed) throw conflict('login_taken', 'This login is in use.')
  await insertUser(trx, accountId, {
    id: person.id,
    login,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    language: person.language ?? 'en',
    passwordSealed: person.passwordSealed,
    passwordGe15: isGe15(person.password),
    status: person.status ?? 'active',
  })
}

const slugOf = (name: string): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 34)
  return plain.length >= 3 ? plain : `account-${plain}`.replace(/-$/, '')
}

const claimSlug = async (trx: Trx, accountId: string, name: string): Promise<string> => {
  const base = slugOf(name)
  for (let attempt = 1; attempt <= 1_000; attempt += 1) {
    const slug = attempt === 1 ? base : `${base}-${attempt}`
    if (await claimDirectoryEntry(trx, { kind: 'slug', key: slug, accountId, targetId: accountId }))
      return slug
  }
  throw new AppError('internal', 500)
}

export type AccountGiven = {
  name: string
  status: string
  entitlements: Readonly<Record<string, unknown>>
  owner: { email: string }
}

/** Makes a customer account with its owner role and what the features provide; answers its ids. */
export const openAccount = async (
  trx: Trx,
  deps: Deps,
  given: AccountGiven,
  provisions: readonly Provision[],
) => {
  const id = uuidV7(deps.clock.now())
  await insertAccount(trx, {
    id,
    kind: 'customer',
    name: given.name,
    slug: id,
    status: given.status,
    dataKeySealed: makeDataKey(deps.keys, id),
  })
  const slug = await claimSlug(trx, id, given.name)
  await trx.updateTable('accounts').set({ slug }).where('account_id', '=', id).execute()
  const ownerRoleId = await provideRoles(trx, deps, id)
  for (const [key, value] of Object.entries(given.entitlements)) await setEntitlement(trx, id, key, value)
  for (const provision of provisions) {
    await provision(trx, { id, name: given.name, ownerEmail: given.owner.email }, deps)
  }
  return { id, slug, ownerRoleId }
}

export const makeOwner = (trx: Trx, accountId: string, userId: string, ownerRoleId: string) =>
  assignRole(trx, accountId, userId, ownerRoleId)
