import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { readCookie, setCookie } from '../sessions/cookies.ts'

/** Who may go on with a dialogue: the browser that holds the pre-session cookie, or the session that began it. */
export type Binding = { readonly kind: 'browser' | 'session'; readonly hash: Buffer }

/** As long as a whole sign-in may take (security.md §3.2). */
export const dialogueSeconds = 900

/** A fresh cookie for a new dialogue; one sent along is never adopted. */
export const bindBrowser = (reply: FastifyReply, config: Config): Binding => {
  const token = makeToken()
  setCookie(reply, config, 'pre', token, { maxAgeSeconds: dialogueSeconds })
  return { kind: 'browser', hash: hashToken(token) }
}

export const browserBinding = (request: FastifyRequest, config: Config): Binding | null => {
  const token = readCookie(request, config, 'pre')
  return token ? { kind: 'browser', hash: hashToken(token) } : null
}

/** The id of the session stays when its token is rotated, so a dialogue survives another step-up. */
export const sessionBinding = (actor: Pick<Actor, 'sessionId'>): Binding => ({
  kind: 'session',
  hash: hashToken(`session:${actor.sessionId}`),
})

/**
 * One answer for unknown, foreign, expired, locked, superseded, consumed. In a session it is 403, because there 401 says
 * that the session itself has ended.
 */
export const challengeClosed = (kind: Binding['kind']): AppError =>
  new AppError('challenge_closed', kind === 'browser' ? 401 : 403)
