import type { FastifyReply } from 'fastify'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, unprocessable } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { refundLimits, spendLimits } from '../limits.ts'
import { fitsSealedPassword } from '../passwords/sealed-password.ts'
import { findUser } from '../queries.ts'
import { freshMs, renewSession } from '../sessions/session.ts'

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

/** Makes the session fresh for five minutes; only this act does, signing in does not (security.md §3.4). */
export const stepUpWithPassword = async (
  deps: Deps,
  actor: Actor,
  given: { purpose: 'general' | 'factors'; method?: string; password?: string },
  reply: FastifyReply,
) => {
  if (given.method !== undefined && given.method !== 'password') throw conflict('method_not_offered')
  // `factors` needs a mailed code or a factor on top of the password; no factor can be bound yet.
  if (given.purpose === 'factors') throw conflict('method_not_offered')
  if (given.password === undefined) throw unprocessable('password_required')
  const user = await proveOwnPassword(deps, actor, given.password)
  const until = addMs(deps.clock.now(), freshMs)
  await inAccount(deps.db, actor.accountId, (trx) =>
    renewSession(trx, deps, actor, { freshGeneralUntil: until, epoch: user.security_epoch }, reply),
  )
  return {
    status: 'fresh' as const,
    fresh: {
      general_until: until.toISOString(),
      factors_until: actor.freshFactorsUntil?.toISOString() ?? null,
    },
  }
}
