import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { readCookie, setCookie } from '../sessions/cookies.ts'
import type { Whose } from './known.ts'
import { findProvenBrowser, insertProvenBrowser } from './queries.ts'

const lifeSeconds = 900

/** Call it when an activation or invitation was finished: for a quarter of an hour this browser needs no further proof. */
export const markProven = async (trx: Trx, deps: Deps, whose: Whose, reply: FastifyReply): Promise<void> => {
  const token = makeToken()
  setCookie(reply, deps.config, 'pre', token, { maxAgeSeconds: lifeSeconds })
  const expiresAt = addMs(deps.clock.now(), lifeSeconds * 1000)
  await insertProvenBrowser(trx, whose, { binding: hashToken(token), expiresAt })
}

export const isProven = async (trx: Trx, deps: Deps, whose: Whose, request: FastifyRequest) => {
  const token = readCookie(request, deps.config, 'pre')
  return token !== null && (await findProvenBrowser(trx, whose, hashToken(token))) !== undefined
}
