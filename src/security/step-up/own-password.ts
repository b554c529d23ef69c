import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { refundLimits, spendLimits } from '../limits.ts'
import { fitsSealedPassword } from '../passwords/sealed-password.ts'
import { findUser } from '../queries.ts'

const passwordLimit = (actor: Actor) => ({ key: `own-password:${actor.userId}`, max: 5, windowSeconds: 900 })

/**
 * Compares the own password under its own bucket of 5 per 15 minutes.
 * @throws AppError 403 `current_password_wrong`, 429 `rate_limited`.
 */
export const proveOwnPassword = async (deps: Deps, actor: Actor, password: string | undefined) => {
  const limit = passwordLimit(actor)
  await spendLimits(deps.db, [limit])
  const user = await inAccount(deps.db, actor.accountId, (trx) =>
    findUser(trx, actor.accountId, actor.userId),
  )
  const fits =
    user && password && (await fitsSealedPassword(deps.keys, user.id, user.password_sealed, password))
  if (!user || !fits) throw new AppError('current_password_wrong', 403)
  await refundLimits(deps.db, [limit])
  return user
}
