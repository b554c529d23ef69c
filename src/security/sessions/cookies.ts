import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'

/** session · pre-session · trusted device · known device (security.md §4.1). */
export type CookieName = 'sid' | 'pre' | 'td' | 'kd'

const nameOf = (config: Config, name: CookieName): string => (config.loopback ? name : `__Host-${name}`)
const sameSite = (name: CookieName): string => (name === 'sid' ? 'Lax' : 'Strict')

/** Reads one cookie; a server with https never reads the unprefixed names (security.md §4.1). */
export const readCookie = (request: FastifyRequest, config: Config, name: CookieName): string | null => {
  const wanted = nameOf(config, name)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim()
  }
  return null
}

/** Adds one cookie to the reply; one of the same name set earlier in this reply is replaced. */
export const setCookie = (
  reply: FastifyReply,
  config: Config,
  name: CookieName,
  value: string,
  options: { readonly maxAgeSeconds?: number } = {},
): void => {
  const full = nameOf(config, name)
  const secure = config.loopback ? '' : '; Secure'
  const maxAge = options.maxAgeSeconds === undefined ? '' : `; Max-Age=${options.maxAgeSeconds}`
  const line = `${full}=${value}; Path=/; HttpOnly; SameSite=${sameSite(name)}${secure}${maxAge}`
  const before = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  reply.removeHeader('set-cookie')
  reply.header('set-cookie', [...before.filter((one) => !one.startsWith(`${full}=`)), line])
}

export const clearCookie = (reply: FastifyReply, config: Config, name: CookieName): void =>
  setCookie(reply, config, name, '', { maxAgeSeconds: 0 })

/** After sign-out the browser keeps nothing of the session. */
export const clearSessionCookie = (reply: FastifyReply, config: Config): void => {
  clearCookie(reply, config, 'sid')
  reply.header('clear-site-data', '"cache","storage"')
}
