import type { FastifyReply } from 'fastify'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, unprocessable } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import type { Challenge } from '../challenges/contract.ts'
import {
  type ChallengeRow,
  openChallenge,
  type Proof,
  sessionBinding,
  verifyChallenge,
} from '../challenges/engine.ts'
import type { Method } from '../mfa/contract.ts'
import { isStrong, strengthOf } from '../mfa/policy.ts'
import { findMfaState, type MfaState } from '../mfa/state.ts'
import { deleteSession } from '../sessions/queries.ts'
import { freshMs, renewSession } from '../sessions/session.ts'
import { refundVerify, spendVerify } from '../throttles/index.ts'
import { proveOwnPassword } from './own-password.ts'

export type Purpose = 'general' | 'factors'
type Fresh = {
  status: 'fresh'
  fresh: { general_until: string | null; factors_until: string | null }
}
export type StepUpResult = Fresh | { status: 'challenge'; challenge: Challenge }

/** `factors` includes `general` (security.md §3.4). */
const freshen = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  purpose: Purpose,
  reply: FastifyReply,
): Promise<Fresh> => {
  const until = addMs(deps.clock.now(), freshMs)
  const factorsUntil = purpose === 'factors' ? until : actor.freshFactorsUntil
  await renewSession(trx, deps, actor, { freshGeneralUntil: until, freshFactorsUntil: factorsUntil }, reply)
  return {
    status: 'fresh',
    fresh: { general_until: until.toISOString(), factors_until: factorsUntil?.toISOString() ?? null },
  }
}

/** Own confirmed factors that may answer, the preferred first, else the strongest. */
const methodsFor = (state: MfaState, purpose: Purpose): Method[] => {
  const usable = state.factors.filter(
    ({ type, state: standing }) => standing === 'active' && !(type === 'email' && state.emailBarred),
  )
  const strong = usable.filter(({ type }) => isStrong(type))
  const fitting = (purpose === 'factors' && strong.length > 0) || state.staff ? strong : usable
  return [...new Set(fitting.map(({ type }) => type))].sort(
    (a, b) => Number(b === state.preferred) - Number(a === state.preferred) || strengthOf(b) - strengthOf(a),
  )
}

type Given = { readonly purpose: Purpose; readonly method?: string; readonly password?: string }

const ask = async (
  deps: Deps,
  actor: Actor,
  purpose: Purpose,
  offered: { readonly method: Method; readonly all: readonly Method[] },
): Promise<StepUpResult> => {
  const challenge = await openChallenge(deps, {
    accountId: actor.accountId,
    userId: actor.userId,
    purpose: 'step_up',
    method: offered.method,
    offered: offered.all,
    binding: sessionBinding(actor),
    payload: { freshness: purpose },
    where: actor.where,
  })
  return { status: 'challenge', challenge }
}

/** Nobody without a factor is asked for one: the password serves, and before factors a mailed code on top of it. */
const byPassword = async (
  deps: Deps,
  actor: Actor,
  given: Given,
  state: MfaState,
  reply: FastifyReply,
): Promise<StepUpResult> => {
  if (given.method !== undefined && given.method !== 'password' && given.purpose === 'general')
    throw conflict('method_not_offered')
  const mailed = given.purpose === 'factors'
  if (given.method !== undefined && mailed && given.method !== 'email' && given.method !== 'password')
    throw conflict('method_not_offered')
  if (given.password === undefined) throw unprocessable('password_required')
  const user = await proveOwnPassword(deps, actor, given.password)
  if (!mailed)
    return inAccount(deps.db, actor.accountId, (trx) => freshen(trx, deps, actor, 'general', reply))
  if (!user.email_verified_at || state.emailBarred) throw conflict('method_not_offered')
  return ask(deps, actor, 'factors', { method: 'email', all: ['email'] })
}

/**
 * Begins to confirm who is at the keyboard; signing in never makes a session fresh, only this does.
 * @throws AppError 403 `current_password_wrong`, 409 `method_not_offered`, 422 `password_required`, 429.
 */
export const beginStepUp = async (
  deps: Deps,
  actor: Actor,
  given: Given,
  reply: FastifyReply,
): Promise<StepUpResult> => {
  if (actor.impersonation) throw new AppError('read_only', 403)
  const state = await inAccount(deps.db, actor.accountId, (trx) =>
    findMfaState(trx, deps, actor.accountId, actor.userId),
  )
  if (!state) throw new AppError('unauthenticated', 401)
  if (state.factors.length === 0) return byPassword(deps, actor, given, state, reply)
  const methods = methodsFor(state, given.purpose)
  const [first] = methods
  const wanted = given.method === undefined ? first : methods.find((method) => method === given.method)
  if (!wanted) throw conflict('method_not_offered')
  return ask(deps, actor, given.purpose, { method: wanted, all: methods })
}

const failuresMax = 10

/** Ten wrong answers: whoever sits here is not the person (security.md §3.2). */
const onWrong = (deps: Deps, actor: Actor) => async (_row: ChallengeRow, failures: number) => {
  if (failures < failuresMax) return
  const { accountId, userId, sessionId } = actor
  await inAccount(deps.db, accountId, async (trx) => {
    await deleteSession(trx, accountId, sessionId, userId)
    const values = circumstances(deps, actor.where)
    await notify(trx, deps, { accountId, userId, kind: 'session_dropped', values })
    await record(trx, deps, byActor(actor), {
      action: 'session.ended',
      object: { type: 'session', id: sessionId },
      reason: 'factor',
    })
  })
  throw new AppError('unauthenticated', 401)
}

/**
 * Finishes the step-up: the session is fresh for five minutes under a new token.
 * @throws AppError 400 `code_malformed`, 403 `code_wrong`, `challenge_closed`, 429 `factor_backoff`, 401 once it ended.
 */
export const verifyOwnStepUp = async (
  deps: Deps,
  actor: Actor,
  given: { readonly id: string; readonly proof: Proof },
  reply: FastifyReply,
): Promise<Fresh> => {
  await spendVerify(deps, actor.where.address)
  const fresh = await verifyChallenge(
    deps,
    {
      id: given.id,
      binding: sessionBinding(actor),
      kind: 'session',
      purposes: ['step_up'],
      proof: given.proof,
      where: actor.where,
      onWrong: onWrong(deps, actor),
    },
    (trx, { row }) =>
      freshen(trx, deps, actor, row.payload['freshness'] === 'factors' ? 'factors' : 'general', reply),
  )
  await refundVerify(deps, actor.where.address)
  return fresh
}
