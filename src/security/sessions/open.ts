import type { FastifyRequest } from 'fastify'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { hashToken } from '../../lib/tokens.ts'
import type { Session } from '../contract.ts'
import { readCookie } from './cookies.ts'
import { isImpersonatorLive } from './impersonator.ts'
import { isLive } from './life.ts'
import { judgeSession, noteOutside } from './outside.ts'
import { findSession, findSessionPlace, type SessionRow, touchSession } from './queries.ts'
import { shortHash, toActor, toSession } from './view.ts'

const touchEveryMs = minutesMs(1)

type Opened = { readonly row: SessionRow; readonly accountId: string; readonly exceptionOnly: boolean }
type Found = Opened | 'outside' | null

const touch = async (trx: Trx, deps: Deps, request: FastifyRequest, accountId: string, row: SessionRow) => {
  const now = deps.clock.now()
  const background = request.headers['x-campanile-background'] === '1'
  if (background || addMs(row.last_active_at, touchEveryMs) > now) return row
  await touchSession(trx, accountId, row.id, now, clientAddress(request))
  return { ...row, last_active_at: now }
}

const find = async (
  trx: Trx,
  deps: Deps,
  request: FastifyRequest,
  place: { account_id: string; session_id: string },
): Promise<Found> => {
  const accountId = place.account_id
  const row = await findSession(trx, accountId, place.session_id)
  if (!row || !isLive(row, deps.clock.now(), deps.config)) return null
  const where = whereOf(request)
  const judgement = await judgeSession(trx, accountId, row, where.address)
  if (!judgement.allowed) {
    const whereSigned = { ...where, sessionHash: shortHash(row), amr: row.amr }
    await noteOutside(trx, deps, accountId, row, whereSigned, judgement)
    return 'outside'
  }
  const touched = await touch(trx, deps, request, accountId, row)
  return { row: touched, accountId, exceptionOnly: judgement.exceptionOnly }
}

/** The rules are judged on this very request; what a refusal writes is committed before it is answered. */
const open = async (deps: Deps, request: FastifyRequest): Promise<Opened> => {
  const token = readCookie(request, deps.config, 'sid')
  const place = token ? await findSessionPlace(deps.db, hashToken(token)) : null
  const found =
    place && (await inAccount(deps.db, place.account_id, (trx) => find(trx, deps, request, place)))
  if (!found) throw new AppError('unauthenticated', 401)
  // Asked outside the transaction: the member of staff belongs to another account.
  if (found !== 'outside' && !(await isImpersonatorLive(deps, found.row)))
    throw new AppError('unauthenticated', 401)
  if (found === 'outside') throw new AppError('ip_not_authorized', 403)
  return found
}

/** Finds who calls by the session cookie. */
export const authenticateSession = async (deps: Deps, request: FastifyRequest): Promise<Actor> => {
  const { row, accountId, exceptionOnly } = await open(deps, request)
  return toActor(row, accountId, whereOf(request), exceptionOnly)
}

export const describeSession = async (deps: Deps, request: FastifyRequest): Promise<Session> => {
  const { row, accountId, exceptionOnly } = await open(deps, request)
  return toSession(row, accountId, { address: clientAddress(request), exceptionOnly }, deps.config)
}
