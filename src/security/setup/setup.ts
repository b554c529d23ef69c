import { insertAccount, makeDataKey } from '../../accounts/index.ts'
import { type Db, inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField } from '../../http/errors.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { isEmail } from '../../lib/email-address.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import type { completeSetup } from '../contract.ts'
import { checkPassword } from '../passwords/rules.ts'
import { deleteLinkTokens, findLinkToken, lockAccount, replaceLinkToken, staffExists } from '../queries.ts'
import {
  type AfterSetup,
  addPerson,
  makeOwner,
  openAccount,
  type Provision,
  preparePerson,
} from './people.ts'

const purpose = 'setup'
const linkLifeMs = minutesMs(60)

/** The operator is itself an account; its row exists before anything else. */
export const ensureInstanceAccount = (deps: Deps): Promise<void> =>
  inAccount(deps.db, instanceAccountId, (trx) =>
    insertAccount(trx, {
      id: instanceAccountId,
      kind: 'instance',
      name: 'Instance',
      slug: 'instance',
      status: 'active',
      dataKeySealed: makeDataKey(deps.keys, instanceAccountId),
    }),
  )

export const isSetupNeeded = (db: Db): Promise<boolean> =>
  inAccount(db, instanceAccountId, async (trx) => !(await staffExists(trx)))

/** While no staff user exists, each start makes one link of 60 minutes; the former link dies. Null once set up. */
export const makeSetupLink = async (deps: Deps): Promise<string | null> => {
  if (!(await isSetupNeeded(deps.db))) return null
  const token = makeToken()
  const expiresAt = addMs(deps.clock.now(), linkLifeMs)
  await inAccount(deps.db, instanceAccountId, (trx) =>
    replaceLinkToken(trx, instanceAccountId, { purpose, hash: hashToken(token), expiresAt }),
  )
  return `${deps.config.publicUrl}/setup#token=${token}`
}

const proveToken = async (trx: Trx, token: string): Promise<void> => {
  if (await staffExists(trx)) throw new AppError('setup_done', 410)
  if (!(await findLinkToken(trx, instanceAccountId, purpose, hashToken(token))))
    throw new AppError('link_refused', 400)
}

export const checkSetupToken = (db: Db, token: string): Promise<void> =>
  inAccount(db, instanceAccountId, (trx) => proveToken(trx, token))

type Given = BodyOf<typeof completeSetup>

const checkGiven = (given: Given): void => {
  if (given.staff.totp_code !== undefined) {
    throw invalidField(
      '/staff/totp_code',
      'not_in_list',
      'an authenticator app cannot be bound in this version',
    )
  }
  if (given.restrict_to_current_address) {
    throw invalidField(
      '/restrict_to_current_address',
      'not_in_list',
      'IP authorization is not available in this version',
    )
  }
  for (const who of ['staff', 'owner'] as const) {
    if (!isEmail(given[who].email))
      throw invalidField(`/${who}/email`, 'email_invalid', 'is not an e-mail address')
  }
}

const checkPasswordOf = (who: 'staff' | 'owner', given: Given): void => {
  const person = given[who]
  try {
    checkPassword(person.password, {
      login: person.login ?? person.email,
      email: person.email,
      accountName: given.account.name,
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.status, error.message, {
      ...error.members,
      pointer: `/${who}/password`,
    })
  }
}

/**
 * The first run in one transaction: staff user, first account, its owner (security.md §6.3).
 * @throws AppError 410 `setup_done`, 400 `link_refused`, 422 `password_weak`, 409 `login_taken`.
 */
export const runSetup = async (
  deps: Deps,
  given: Given,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
) => {
  await checkSetupToken(deps.db, given.token)
  checkGiven(given)
  checkPasswordOf('staff', given)
  checkPasswordOf('owner', given)
  const staff = await preparePerson(deps, {
    login: given.staff.login,
    email: given.staff.email,
    firstName: given.staff.first_name,
    lastName: given.staff.last_name,
    password: given.staff.password,
  })
  const owner = await preparePerson(deps, {
    login: given.owner.login ?? given.owner.email,
    email: given.owner.email,
    firstName: given.owner.first_name,
    lastName: given.owner.last_name,
    password: given.owner.password,
  })
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockAccount(trx, instanceAccountId)
    await proveToken(trx, given.token)
    await addPerson(trx, instanceAccountId, staff)
    await deleteLinkTokens(trx, instanceAccountId, purpose)
    const account = await openAccount(
      trx,
      deps,
      {
        name: given.account.name,
        status: 'active',
        entitlements: { mfa: given.grant_mfa ?? true },
        owner: { email: given.owner.email },
      },
      provisions,
    )
    await addPerson(trx, account.id, owner)
    await makeOwner(trx, account.id, owner.id, account.ownerRoleId)
    await afterSetup(trx, deps, { accountId: account.id, ownerId: owner.id, wishes: given })
    return { account_id: account.id, owner_id: owner.id, staff_id: staff.id }
  })
}
