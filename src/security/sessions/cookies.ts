import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'

type CookieName = 'sid'
const nameOf = (config: Config, name: CookieName): string => (config.loopback ? name : `__Host-${name}`)

/** Reads one cookie; a server with https never reads the unprefixed names (security.md §4.1). */
export const readCookie = (request: FastifyRequest, config: Config, name: CookieName): string | null => {
  const wanted = nameOf(config, name)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim()
  }
  return null
}

export const setSessionCookie = (reply: FastifyReply, config: Config, token: string): void => {
  const secure = config.loopback ? '' : '; Secure'
  reply.header('set-cookie', `${nameOf(config, 'sid')}=${token}; Path=/; HttpOnly; SameSite=Lax${secure}`)
}

export const clearSessionCookie = (reply: FastifyReply, config: Config): void => {
  const secure = config.loopback ? '' : '; Secure'
  reply.header('set-cookie', `${nameOf(config, 'sid')}=; Path=/; HttpOnly; SameSite=Lax${secure}; Max-Age=0`)
  reply.header('clear-site-data', '"cache","storage"')
}
