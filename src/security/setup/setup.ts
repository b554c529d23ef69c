import { byVisitor, record, recordElsewhere } from '../../audit/index.ts'
import { inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField, unprocessable } from '../../http/errors.ts'
import { isOperatorKey, permissionKeys } from '../../http/permissions/contract.ts'
import { isEmail } from '../../lib/email-address.ts'
import { bindTotp } from '../factors/offer.ts'
import { storeConfirmed } from '../network/index.ts'
import { acceptPassword } from '../passwords/accept.ts'
import { passwordLengthMin } from '../passwords/rules.ts'
import { deleteLinkTokens, lockAccount } from '../queries.ts'
import { replaceUserPermissions } from '../users/queries.ts'
import type { completeSetup } from './contract.ts'
import { checkSetupToken, proveToken, setupPurpose } from './link.ts'
import { isTotpRequired, refusalOfAddress } from './offers.ts'
import {
  type AfterSetup,
  addPerson,
  makeOwner,
  openAccount,
  type PreparedPerson,
  type Provision,
  preparePerson,
} from './people.ts'
import { proveSetupTotp } from './totp-offer.ts'

type Given = BodyOf<typeof completeSetup>
type Who = 'staff' | 'owner'

const checkPasswordOf = async (deps: Deps, who: Who, given: Given): Promise<void> => {
  const person = given[who]
  const context = {
    login: person.login ?? person.email,
    email: person.email,
    accountName: given.account.name,
  }
  try {
    await acceptPassword(deps, person.password, context, passwordLengthMin)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const members = { ...error.members, pointer: `/${who}/password` }
    throw new AppError(error.code, error.status, error.message, members, error.headers)
  }
}

const checkGiven = async (deps: Deps, given: Given, address: string | null): Promise<void> => {
  for (const who of ['staff', 'owner'] as const) {
    if (!isEmail(given[who].email))
      throw invalidField(`/${who}/email`, 'email_invalid', 'is not an e-mail address')
    await checkPasswordOf(deps, who, given)
  }
  if (given.staff.totp_code === undefined && isTotpRequired(deps))
    throw unprocessable('totp_required', '', { pointer: '/staff/totp_code' })
  if (!given.restrict_to_current_address) return
  const refused = refusalOfAddress(deps, address)
  if (refused !== null) throw unprocessable(refused, '', { pointer: '/restrict_to_current_address' })
}

const personOf = (given: Given, who: Who) => ({
  login: given[who].login ?? given[who].email,
  email: given[who].email,
  firstName: given[who].first_name,
  lastName: given[who].last_name,
  password: given[who].password,
})

type Prepared = { readonly staff: PreparedPerson; readonly owner: PreparedPerson }

const addStaff = async (trx: Trx, deps: Deps, given: Given, staff: PreparedPerson): Promise<void> => {
  const { token } = given
  const code = given.staff.totp_code
  const totp = code === undefined ? null : await proveSetupTotp(trx, deps, token, code)
  await addPerson(trx, instanceAccountId, staff)
  const direct = permissionKeys.filter(isOperatorKey).map((key) => ({ key, allow: true }))
  await replaceUserPermissions(trx, instanceAccountId, staff.id, direct)
  if (totp) await bindTotp(trx, deps, { accountId: instanceAccountId, userId: staff.id, ...totp })
  await deleteLinkTokens(trx, instanceAccountId, setupPurpose)
}

const addAccount = async (
  trx: Trx,
  deps: Deps,
  given: Given,
  owner: PreparedPerson,
  provisions: readonly Provision[],
): Promise<string> => {
  const { id, ownerRoleId } = await openAccount(
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
  await addPerson(trx, id, owner)
  await makeOwner(trx, id, owner.id, ownerRoleId)
  return id
}

const recordSetup = async (trx: Trx, deps: Deps, where: Where, accountId: string, people: Prepared) => {
  const entry = { action: 'setup.completed', object: { type: 'account', id: accountId } } as const
  await record(trx, deps, byVisitor(accountId, where, { userId: people.owner.id }), entry)
  const staff = byVisitor(instanceAccountId, where, { userId: people.staff.id })
  await recordElsewhere(trx, deps, staff, entry)
}

/**
 * The first run in one transaction: staff user, first account, its owner (security.md §6.3).
 * @throws AppError 410 `setup_done`, 400 `link_refused`, 422 `password_weak`, `totp_required`, `private_address`,
 * 409 `login_taken`.
 */
export const runSetup = async (
  deps: Deps,
  given: Given,
  where: Where,
  composed: { readonly provisions: readonly Provision[]; readonly afterSetup: AfterSetup },
) => {
  await checkSetupToken(deps.db, given.token)
  await checkGiven(deps, given, where.address)
  const people: Prepared = {
    staff: await preparePerson(deps, personOf(given, 'staff')),
    owner: await preparePerson(deps, personOf(given, 'owner')),
  }
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockAccount(trx, instanceAccountId)
    await proveToken(trx, given.token)
    await addStaff(trx, deps, given, people.staff)
    const accountId = await addAccount(trx, deps, given, people.owner, composed.provisions)
    const ownerId = people.owner.id
    if (given.restrict_to_current_address && where.address !== null) {
      const entries = [{ address: where.address }]
      await storeConfirmed(trx, deps, { accountId, createdBy: ownerId, entries })
    }
    await composed.afterSetup(trx, deps, { accountId, ownerId, wishes: given })
    await recordSetup(trx, deps, where, accountId, people)
    return { account_id: accountId, owner_id: ownerId, staff_id: people.staff.id }
  })
}
