import type { FastifyReply, FastifyRequest } from 'fastify'
import { useAccount as enterAccount, inAccount, type Trx } from '../../db/pool.ts'
import type { Actor, Where } from '../../http/actor.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { minutesMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import type { Session } from '../contract.ts'
import { killLinks } from '../links/index.ts'
import { confirmBySignIn, judgeAddress } from '../network/index.ts'
import { readCookie, setCookie } from './cookies.ts'
import type { Renewal, SessionKind, SessionOwner } from './kinds.ts'
import { isLive } from './life.ts'
import {
  deleteSession,
  deleteSessions,
  dropOldSessions,
  findSession,
  findSessionPlace,
  insertSession,
  raiseEpoch,
  rotateSession,
  touchSession,
} from './queries.ts'
import { toSession } from './view.ts'

export type { Renewal, SessionKind, SessionOwner } from './kinds.ts'

const sessionsMax = 10
export const freshMs = minutesMs(5)

type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** A cookie sent along is never adopted: the session it named, if any, dies with the sign-in (security.md §4.1). */
const endPresented = async (
  trx: Trx,
  deps: Deps,
  request: FastifyRequest,
  accountId: string,
): Promise<void> => {
  const token = readCookie(request, deps.config, 'sid')
  const place = token ? await findSessionPlace(trx, hashToken(token)) : null
  if (!place) return
  // In this very transaction: many sign-ins at once must not wait for a second connection each.
  await enterAccount(trx, place.account_id)
  await deleteSessions(trx, place.account_id, { sessionId: place.session_id })
  await enterAccount(trx, accountId)
}

/** Ten sessions are enough for one person: the oldest ends, and its person hears of it. */
const dropOld = async (trx: Trx, deps: Deps, owner: SessionOwner, where: Where): Promise<void> => {
  const { accountId, userId } = owner
  const dropped = await dropOldSessions(trx, accountId, userId, sessionsMax)
  if (dropped.length === 0) return
  await notify(trx, deps, { accountId, userId, kind: 'session_dropped', values: circumstances(deps, where) })
}

/** The one gate that makes sessions: every way of signing in ends here, no other code writes a session row. */
export const issueSession = async (
  trx: Trx,
  deps: Deps,
  owner: SessionOwner,
  kind: SessionKind,
  http: Http,
): Promise<Session> => {
  const token = makeToken()
  const now = deps.clock.now()
  const where = whereOf(http.request)
  const { address } = where
  const id = uuidV7(now)
  const question = { accountId: owner.accountId, userId: owner.userId, scope: 'panel' as const, address }
  const judgement = await judgeAddress(trx, question)
  if (!judgement.allowed) throw new AppError('sign_in_refused', 401)
  if (!kind.impersonation) await endPresented(trx, deps, http.request, owner.accountId)
  await insertSession(trx, owner.accountId, {
    id,
    tokenHash: hashToken(token),
    userId: owner.userId,
    at: now,
    address,
    epoch: owner.epoch,
    agent: where.agent,
    kind,
  })
  await dropOld(trx, deps, owner, where)
  // Whoever signs in knows the password; a link to another one helps somebody else alone (security.md §4.2).
  if (!kind.impersonation) await killLinks(trx, owner.accountId, owner.userId, ['password_reset'])
  const row = await findSession(trx, owner.accountId, id)
  if (!row) throw new Error('the session just made is missing')
  setCookie(http.reply, deps.config, 'sid', token)
  if (!kind.limited && !kind.impersonation && !judgement.exceptionOnly)
    await confirmBySignIn(trx, deps, { accountId: owner.accountId, userId: owner.userId, where })
  return toSession(row, owner.accountId, { address, exceptionOnly: judgement.exceptionOnly }, deps.config)
}

/** Gives the session a new token and what changed with it; the old token is dead with the commit. */
export const renewSession = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  renewal: Renewal,
  reply: FastifyReply,
): Promise<void> => {
  const token = makeToken()
  await rotateSession(trx, actor.accountId, actor.sessionId, hashToken(token), renewal)
  setCookie(reply, deps.config, 'sid', token)
}

/** Ends sessions of a person; answers how many. */
export const endSessions = (
  trx: Trx,
  accountId: string,
  userId: string,
  except?: { readonly exceptId: string },
): Promise<number> => deleteSessions(trx, accountId, { userId, ...except })

/** One update ends everything that person has open: each request compares the epoch. */
export const bumpEpoch = (trx: Trx, accountId: string, userId: string): Promise<number> =>
  raiseEpoch(trx, accountId, userId)

export const endSession = (trx: Trx, actor: Actor, sessionId: string) =>
  deleteSession(trx, actor.accountId, sessionId, actor.userId)

/**
 * Takes up a session that waited while its owner was elsewhere: a new token, the time away counted as activity. Null
 * when it ended meanwhile.
 */
export const resumeSession = (
  deps: Deps,
  place: { readonly accountId: string; readonly sessionId: string },
  http: Http,
): Promise<Session | null> =>
  inAccount(deps.db, place.accountId, async (trx) => {
    const { accountId, sessionId } = place
    const { address } = whereOf(http.request)
    await touchSession(trx, accountId, sessionId, deps.clock.now(), address)
    const row = await findSession(trx, accountId, sessionId)
    if (!row || !isLive(row, deps.clock.now(), deps.config)) return null
    const question = { accountId, userId: row.user_id, scope: 'panel' as const, address }
    const judgement = await judgeAddress(trx, question)
    if (!judgement.allowed) return null
    const token = makeToken()
    await rotateSession(trx, accountId, sessionId, hashToken(token), {})
    setCookie(http.reply, deps.config, 'sid', token)
    return toSession(row, accountId, { address, exceptionOnly: judgement.exceptionOnly }, deps.config)
  })
