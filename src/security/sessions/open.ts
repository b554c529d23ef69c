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
import { isLive } from './life.ts'
import { findSession, findSessionPlace, type SessionRow, touchSession } from './queries.ts'
import { mfaOf, toActor, toSession } from './view.ts'

const touchEveryMs = minutesMs(1)

type Opened = { row: SessionRow; accountId: string }

const touch = async (trx: Trx, deps: Deps, request: FastifyRequest, { row, accountId }: Opened) => {
  const now = deps.clock.now()
  const background = request.headers['x-campanile-background'] === '1'
  if (background || addMs(row.last_active_at, touchEveryMs) > now) return row
  await touchSession(trx, accountId, row.id, now, clientAddress(request))
  return { ...row, last_active_at: now }
}

const open = async (deps: Deps, request: FastifyRequest): Promise<Opened> => {
  const token = readCookie(request, deps.config, 'sid')
  const refused = new AppError('unauthenticated', 401)
  if (!token) throw refused
  const place = await findSessionPlace(deps.db, hashToken(token))
  if (!place) throw refused
  const row = await inAccount(deps.db, place.account_id, async (trx) => {
    const found = await findSession(trx, place.account_id, place.session_id)
    if (!found || !isLive(found, deps.clock.now(), deps.config)) return null
    return touch(trx, deps, request, { row: found, accountId: place.account_id })
  })
  if (!row) throw refused
  return { row, accountId: place.account_id }
}

/** Finds who calls by the session cookie; every rule is judged on this very request. */
export const authenticateSession = async (deps: Deps, request: FastifyRequest): Promise<Actor> => {
  const { row, accountId } = await open(deps, request)
  return toActor(row, accountId, whereOf(request), false)
}

export const describeSession = async (deps: Deps, request: FastifyRequest): Promise<Session> => {
  const { row, accountId } = await open(deps, request)
  return toSession(row, accountId, clientAddress(request), deps.config, mfaOf(row))
}
