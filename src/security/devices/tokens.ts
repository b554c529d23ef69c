import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { readCookie, setCookie } from '../sessions/cookies.ts'

/**
 * A browser is shared by several people, so the cookie holds one token for each, newest first. A token is never adopted
 * for somebody else: whoever planted it would be taken for that person's device.
 */
export type DeviceCookie = 'td' | 'kd'
const peopleMax = 5
const tokenPattern = /^[\w-]{43}$/

export const deviceTokens = (request: FastifyRequest, config: Config, cookie: DeviceCookie): string[] =>
  (readCookie(request, config, cookie) ?? '')
    .split('.')
    .filter((token) => tokenPattern.test(token))
    .slice(0, peopleMax)

export const deviceHashes = (request: FastifyRequest, config: Config, cookie: DeviceCookie): Buffer[] =>
  deviceTokens(request, config, cookie).map(hashToken)

/** Puts a new token first and answers its hash; `old` is the one it takes the place of. */
export const giveDeviceToken = (
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  config: Config,
  cookie: DeviceCookie,
  given: { readonly old: Buffer | null; readonly maxAgeSeconds: number },
): Buffer => {
  const token = makeToken()
  const others = deviceTokens(http.request, config, cookie).filter(
    (other) => given.old === null || !hashToken(other).equals(given.old),
  )
  const value = [token, ...others].slice(0, peopleMax).join('.')
  setCookie(http.reply, config, cookie, value, { maxAgeSeconds: given.maxAgeSeconds })
  return hashToken(token)
}

/** The same tokens for another span. */
export const keepDeviceTokens = (
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  config: Config,
  cookie: DeviceCookie,
  maxAgeSeconds: number,
): void => {
  const value = deviceTokens(http.request, config, cookie).join('.')
  setCookie(http.reply, config, cookie, value, { maxAgeSeconds })
}
