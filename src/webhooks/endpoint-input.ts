import type { Deps } from '../http/deps.ts'
import { invalidField, unprocessable } from '../http/errors.ts'
import { guardOf } from '../http/outbound.ts'
import { TargetError } from '../lib/outbound-guard/index.ts'
import type { WebhookAuth } from './contract.ts'
import { isEventPattern } from './event-types/contract.ts'

const urlCharactersMax = 2_048

/**
 * Vets an address by the outbound guard and answers its one spelling.
 * @throws AppError 422 `url_refused`, a name that does not resolve included: it could become anything.
 */
export const readUrl = async (deps: Deps, pointer: string, given: string): Promise<string> => {
  try {
    const { url } = await guardOf(deps).vetUrl('webhook', given)
    url.hash = ''
    if (url.href.length <= urlCharactersMax) return url.href
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    throw unprocessable('url_refused', error.message, {
      errors: [{ pointer, code: 'url_refused', detail: error.message }],
    })
  }
  throw invalidField(pointer, 'too_long', `is longer than ${urlCharactersMax} characters`)
}

export const checkEvents = (events: readonly string[] | undefined): void => {
  const unknown = (events ?? []).filter((pattern) => !isEventPattern(pattern))
  if (unknown.length > 0) throw unprocessable('unknown_event', '', { events: unknown })
}

// RFC 6750 §2.1; anything else could not stand in a header or would end it.
const bearerPattern = /^[\w.~+/-]+=*$/
const controls = /\p{Cc}/u

const wanted = { none: [], basic: ['username', 'password'], bearer: ['token'] } as const
const members = ['username', 'password', 'token'] as const

/** Exactly the members of its kind, in a form that fits a header. */
export const checkAuth = (auth: WebhookAuth | undefined): void => {
  if (!auth) return
  const needed: readonly string[] = wanted[auth.type]
  for (const name of members) {
    if (needed.includes(name) && auth[name] === undefined)
      throw invalidField(`/auth/${name}`, 'required', 'is missing')
    if (!needed.includes(name) && auth[name] !== undefined)
      throw invalidField(`/auth/${name}`, 'not_allowed', `does not belong to ${auth.type}`)
  }
  if (auth.token !== undefined && !bearerPattern.test(auth.token))
    throw invalidField('/auth/token', 'format', 'holds characters that no bearer token has')
  if (auth.username !== undefined && (auth.username.includes(':') || controls.test(auth.username)))
    throw invalidField('/auth/username', 'format', 'must hold no colon and no control character')
  if (auth.password !== undefined && controls.test(auth.password))
    throw invalidField('/auth/password', 'format', 'must hold no control character')
}
