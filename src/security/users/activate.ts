import { claimDirectoryEntry } from '../../accounts/index.ts'
import { byVisitor, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict } from '../../http/errors.ts'
import { killLinks, linkRefused } from '../links/index.ts'
import { isGe15 } from '../passwords/sealed-password.ts'
import { type Activation, activateUser } from './queries.ts'

export type NewcomerGiven = {
  readonly accountId: string
  readonly userId: string
  readonly login: string
  readonly password: string
  readonly passwordSealed: Buffer
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  /** The owner of an account that somebody signed up for, or an invited person. */
  readonly action: 'user.activated' | 'signup.verified'
}

/**
 * The person has proven the address and chosen a password: from here on he exists. The login is taken at this moment and
 * not before, so that nobody reserves the address of a stranger by inviting him.
 * @throws AppError 409 `login_taken`, 400 `link_refused` when somebody was faster.
 */
export const activateNewcomer = async (
  trx: Trx,
  deps: Deps,
  where: Where,
  given: NewcomerGiven,
): Promise<void> => {
  const { accountId, userId, login } = given
  const claimed = await claimDirectoryEntry(trx, { kind: 'login', key: login, accountId, targetId: userId })
  if (!claimed) throw conflict('login_taken')
  const activation: Activation = {
    login,
    passwordSealed: given.passwordSealed,
    passwordGe15: isGe15(given.password),
    ...(given.firstName === undefined ? {} : { firstName: given.firstName }),
    ...(given.lastName === undefined ? {} : { lastName: given.lastName }),
  }
  const user = await activateUser(trx, accountId, userId, activation)
  if (!user) throw linkRefused()
  await killLinks(trx, accountId, userId)
  const name = `${user.first_name} ${user.last_name}`
  await record(trx, deps, byVisitor(accountId, where, { userId, name }), {
    action: given.action,
    object: { type: 'user', id: userId },
  })
}
