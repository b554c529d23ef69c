import type { FastifyReply } from 'fastify'
import { findAccount } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Me } from '../contract.ts'
import { checkPassword } from '../passwords/rules.ts'
import { fitsSealedPassword, isGe15, makeSealedPassword } from '../passwords/sealed-password.ts'
import { findUser, type ProfileChange, type UserRow, updatePassword, updateProfile } from '../queries.ts'
import { endSessions, renewSession } from '../sessions/session.ts'
import { proveOwnPassword } from '../step-up/own-password.ts'

const maskPhone = (phone: string | null): string | null =>
  phone ? `${phone.slice(0, 3)} *** *** *${phone.slice(-2)}` : null

const toMe = (user: UserRow): Me => ({
  id: user.id,
  login: user.login,
  email: user.email,
  phone_masked: maskPhone(user.phone),
  phone_verified: user.phone_verified_at !== null,
  first_name: user.first_name,
  last_name: user.last_name,
  language: user.language as Me['language'],
  time_zone: user.time_zone,
  theme: user.theme as Me['theme'],
})

export const getOwnProfile = (deps: Deps, actor: Actor): Promise<Me> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const user = await findUser(trx, actor.accountId, actor.userId)
    if (!user) throw notFound()
    return toMe(user)
  })

export const changeOwnProfile = (deps: Deps, actor: Actor, change: ProfileChange): Promise<Me> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    if (change.time_zone !== undefined && !isTimeZone(change.time_zone)) {
      throw invalidField('/time_zone', 'not_in_list', 'is not an IANA time zone')
    }
    const user = await updateProfile(trx, actor.accountId, actor.userId, change)
    if (!user) throw notFound()
    return toMe(user)
  })

/**
 * Sets a new password; other sessions end, this one goes on with a new token.
 * @throws AppError 403 `current_password_wrong`, 422 `password_weak`, `password_reused`.
 */
export const replaceOwnPassword = async (
  deps: Deps,
  actor: Actor,
  given: { current_password?: string; new_password: string },
  reply: FastifyReply,
): Promise<void> => {
  const user = await proveOwnPassword(deps, actor, given.current_password)
  const account = await inAccount(deps.db, actor.accountId, (trx) => findAccount(trx, actor.accountId))
  checkPassword(given.new_password, {
    login: user.login,
    email: user.email,
    accountName: account?.name ?? '',
  })
  if (await fitsSealedPassword(deps.keys, user.id, user.password_sealed, given.new_password)) {
    throw unprocessable('password_reused')
  }
  const sealed = await makeSealedPassword(deps.keys, user.id, given.new_password)
  await inAccount(deps.db, actor.accountId, async (trx) => {
    const epoch = await updatePassword(trx, actor.accountId, user.id, {
      sealed,
      ge15: isGe15(given.new_password),
    })
    await endSessions(trx, actor.accountId, user.id, { exceptId: actor.sessionId })
    await renewSession(trx, deps, actor, { freshGeneralUntil: null, freshFactorsUntil: null, epoch }, reply)
  })
}
