import { byUser } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict } from '../../http/errors.ts'
import { isUuid } from '../../lib/ids.ts'
import { challengeClosed } from '../challenges/engine.ts'
import type { Session } from '../contract.ts'
import { type Begun, beginFactor, confirmFactor } from '../factors/bind/index.ts'
import { findUser } from '../queries.ts'
import { completeSignIn, type Http } from '../sign-in/completion.ts'
import { refundVerify, spendVerify } from '../throttles/index.ts'
import { type Enrolment, findEnrolment, ownOf } from './proof.ts'
import { endEnrolment, spendEnrolmentAttempt } from './queries.ts'

const findProven = async (deps: Deps, id: string, http: Http): Promise<Enrolment> => {
  const enrolment = await findEnrolment(deps, id, http)
  if (!enrolment.row.proven_at) throw new AppError('proof_required', 403)
  return enrolment
}

const toReply = (begun: Begun) => {
  if (begun.kind === 'totp')
    return {
      factor_id: begun.factorId,
      secret: begun.secret,
      otpauth_uri: begun.otpauthUri,
      qr_svg: begun.qrSvg,
      expires_at: begun.expiresAt.toISOString(),
    }
  return begun.kind === 'passkey'
    ? { factor_id: begun.factorId, options: begun.options as Record<string, never> }
    : { factor_id: begun.factorId, challenge: begun.challenge }
}

/**
 * Begins to bind one of the offered methods.
 * @throws AppError 401 `challenge_closed`, 403 `proof_required`, 409 `method_not_offered`.
 */
export const beginEnrolled = async (deps: Deps, id: string, wanted: string, http: Http) => {
  const { row, binding } = await findProven(deps, id, http)
  const method = row.methods.find((offered) => offered === wanted)
  if (!method) throw conflict('method_not_offered')
  const { account_id: accountId, user_id: userId } = row
  return toReply(
    await beginFactor(deps, { accountId, userId, method, binding, where: whereOf(http.request) }),
  )
}

export type Enrolled = {
  status: 'signed_in'
  session: Session
  next: string | null
  recovery_codes: string[]
}

type Given = {
  readonly factor_id: string
  readonly code?: string
  readonly credential?: object
  readonly name?: string
}

/** Refusals of binding are closed or wrong dialogues here, where no session exists yet. */
const wordRefusal = (error: unknown, attemptsLeft: number): unknown => {
  if (!(error instanceof AppError) || error.code !== 'code_wrong') return error
  return new AppError('code_wrong', 401, '', { attempts_left: attemptsLeft, ...error.members })
}

/**
 * Confirms the factor and signs in, in one transaction: a factor without a session or a session without a factor
 * cannot come about.
 * @throws AppError 400 `code_malformed`, 401 `code_wrong`, `challenge_closed`, 403 `proof_required`, `credential_refused`.
 */
export const confirmEnrolled = async (
  deps: Deps,
  id: string,
  given: Given,
  http: Http,
): Promise<Enrolled> => {
  const where = whereOf(http.request)
  await spendVerify(deps, where.address)
  const enrolment = await findProven(deps, id, http)
  const { account_id: accountId, user_id: userId } = enrolment.row
  if (!isUuid(given.factor_id)) throw challengeClosed('browser')
  const spent = await inAccount(deps.db, accountId, (trx) => spendEnrolmentAttempt(trx, ownOf(enrolment)))
  if (!spent) throw challengeClosed('browser')
  const user = await inAccount(deps.db, accountId, (trx) => findUser(trx, accountId, userId))
  if (!user) throw challengeClosed('browser')
  const name = `${user.first_name} ${user.last_name}`
  const binder = { accountId, userId, where, by: byUser(accountId, where, { userId, name }) }
  const confirmation = { ...binder, binding: enrolment.binding, name: given.name ?? null }
  const { code, credential } = given
  const proof = {
    factorId: given.factor_id,
    ...(code === undefined ? {} : { code }),
    ...(credential === undefined ? {} : { credential }),
  }
  const done = await confirmFactor(deps, confirmation, proof, async (trx, bound) => {
    if (!(await endEnrolment(trx, ownOf(enrolment), 'consumed'))) throw challengeClosed('browser')
    const amr = ['pwd', bound.factor.type]
    const limited = user.password_change_required ? ('password_change' as const) : null
    const epoch = user.security_epoch
    const session = await completeSignIn(trx, deps, { accountId, userId, epoch, name, amr, limited }, http)
    return {
      status: 'signed_in' as const,
      session,
      next: enrolment.row.next,
      recovery_codes: [...(bound.recoveryCodes ?? [])],
    }
  }).catch((error: unknown) => {
    throw wordRefusal(error, spent.attempts_left)
  })
  await refundVerify(deps, clientAddress(http.request))
  return done
}
