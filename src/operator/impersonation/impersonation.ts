import type { FastifyReply, FastifyRequest } from 'fastify'
import { record, recordElsewhere } from '../../audit/index.ts'
import { inAccount, instanceAccountId, type Trx, useAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalidField, notFound } from '../../http/errors.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import type { Session } from '../../security/contract.ts'
import { issueSession, mayBeSignedIn, resumeSession } from '../../security/index.ts'
import { byStaff, inCustomer, type StaffWork } from '../work.ts'
import type { startImpersonation } from './contract.ts'
import {
  endImpersonatedSessions,
  findOperatorAccess,
  findSessionOwner,
  findStaffSessionId,
  parkSession,
  spendWrite,
} from './queries.ts'

export type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }
export type ImpersonationGiven = BodyOf<typeof startImpersonation>

/**
 * Whom the staff wants to be: somebody of this account who may sign in. An account may forbid it altogether.
 * @throws AppError 403 `impersonation_forbidden`, 404 `not_found`, 422 `validation_failed`.
 */
export const checkTarget = async (trx: Trx, work: StaffWork, accountId: string, userId: string) => {
  if ((await findOperatorAccess(trx, accountId)) === 'forbidden')
    throw new AppError('impersonation_forbidden', 403)
  const user = await findSessionOwner(trx, accountId, userId)
  if (!user) throw notFound()
  if (!mayBeSignedIn(user, work.now))
    throw invalidField('/user_id', 'not_in_list', 'may not sign in at the moment')
  return user
}

/** Writing was wished for, and nobody has allowed it yet. */
export class NoWriteYet extends Error {}

/** A new session in the customer's account; the own one waits without a token that anybody holds. */
export const startSession = (
  work: StaffWork,
  accountId: string,
  given: ImpersonationGiven & { readonly write: boolean },
  http: Http,
): Promise<{ session: Session }> =>
  inCustomer(work, accountId, async (trx) => {
    const { deps, actor, now } = work
    const user = await checkTarget(trx, work, accountId, given.user_id)
    if (given.write && (await spendWrite(trx, accountId, actor.userId, user.id)) === null)
      throw new NoWriteYet()
    await endImpersonatedSessions(trx, accountId, actor.userId)
    const expiresAt = addMs(now, minutesMs(given.minutes))
    const session = await issueSession(
      trx,
      deps,
      { accountId, userId: user.id, epoch: user.security_epoch },
      {
        amr: actor.where.amr,
        impersonation: {
          staffId: actor.userId,
          staffName: actor.name,
          staffSessionId: actor.sessionId,
          expiresAt,
          write: given.write,
          reason: given.reason,
        },
      },
      http,
    )
    await useAccount(trx, instanceAccountId)
    await parkSession(trx, instanceAccountId, actor.sessionId, hashToken(makeToken()))
    await useAccount(trx, accountId)
    const entry = {
      action: 'impersonation.started',
      object: { type: 'user', id: user.id },
      reason: given.reason,
      diff: { before: null, after: { minutes: given.minutes, write: given.write } },
      actingAccountId: instanceAccountId,
    } as const
    await record(trx, deps, { ...byStaff(actor, accountId), onBehalfOf: user.id }, entry)
    const instance = { ...entry, actingAccountId: accountId }
    await recordElsewhere(trx, deps, byStaff(actor, instanceAccountId), instance)
    return { session }
  })

/** Back to where the staff came from: the borrowed session ends, the own one gets a new token. */
export const endImpersonation = async (
  deps: Deps,
  actor: Actor,
  http: Http,
): Promise<{ session: Session }> => {
  const { impersonation, accountId } = actor
  if (!impersonation) throw conflict('not_impersonating')
  const staffSessionId = await inAccount(deps.db, accountId, async (trx) => {
    const from = await findStaffSessionId(trx, accountId, actor.sessionId)
    await endImpersonatedSessions(trx, accountId, impersonation.staffId)
    const by = byStaff(actor, accountId)
    const entry = {
      action: 'impersonation.ended',
      object: { type: 'user', id: actor.userId },
      actingAccountId: instanceAccountId,
    } as const
    await record(trx, deps, by, entry)
    const home = { ...by, accountId: instanceAccountId, type: 'user' as const, onBehalfOf: null }
    await recordElsewhere(trx, deps, home, { ...entry, actingAccountId: accountId })
    return from
  })
  const session =
    staffSessionId === null
      ? null
      : await resumeSession(deps, { accountId: instanceAccountId, sessionId: staffSessionId }, http)
  if (!session) throw new AppError('unauthenticated', 401)
  return { session }
}
