import type { FastifyReply } from 'fastify'
import { findAccount } from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, unprocessable } from '../../http/errors.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import { killLinks } from '../links/index.ts'
import { findUser, type UserRow } from '../queries.ts'
import { endSessions, renewSession } from '../sessions/session.ts'
import { proveOwnPassword } from '../step-up/own-password.ts'
import { acceptPassword, lengthMinOf } from './accept.ts'
import { setPassword } from './queries.ts'
import { fitsSealedPassword, isGe15, makeSealedPassword } from './sealed-password.ts'

const findContext = (deps: Deps, { accountId }: Actor, user: UserRow) =>
  inAccount(deps.db, accountId, async (trx) => ({
    accountName: (await findAccount(trx, accountId))?.name ?? '',
    lengthMin: await lengthMinOf(trx, deps, accountId, user.id),
  }))

/** The password that was proven must still be the present one: of two parallel changes one takes effect. */
const checkUnchanged = async (trx: Trx, user: UserRow): Promise<void> => {
  const now = await findUser(trx, user.account_id, user.id)
  if (now?.security_epoch !== user.security_epoch) throw new AppError('unauthenticated', 401)
}

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
  const { accountId } = actor
  const user = await proveOwnPassword(deps, actor, given.current_password)
  const { accountName, lengthMin } = await findContext(deps, actor, user)
  const context = { login: user.login, email: user.email, accountName }
  await acceptPassword(deps, given.new_password, context, lengthMin)
  if (await fitsSealedPassword(deps.keys, user.id, user.password_sealed, given.new_password))
    throw unprocessable('password_reused')
  const sealed = await makeSealedPassword(deps.keys, user.id, given.new_password)
  await inAccount(deps.db, accountId, async (trx) => {
    await checkUnchanged(trx, user)
    const epoch = await setPassword(trx, accountId, user.id, { sealed, ge15: isGe15(given.new_password) })
    await endSessions(trx, accountId, user.id, { exceptId: actor.sessionId })
    await killLinks(trx, accountId, user.id, ['password_reset'])
    const limited = actor.limited === 'password_change' ? null : actor.limited
    await renewSession(
      trx,
      deps,
      actor,
      { freshGeneralUntil: null, freshFactorsUntil: null, epoch, limited },
      reply,
    )
    await notify(trx, deps, {
      accountId,
      userId: user.id,
      kind: 'password_changed',
      values: circumstances(deps, actor.where),
    })
    await record(trx, deps, byActor(actor), {
      action: 'password.changed',
      object: { type: 'user', id: user.id },
    })
  })
}
