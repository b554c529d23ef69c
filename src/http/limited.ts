import type { Limited } from './actor.ts'
import type { RouteContract } from './contract.ts'

/** What every limited session needs: to know itself, to confirm who it is, to leave. */
const always = [
  '/session',
  '/sign-out',
  '/step-up',
  '/step-up/{id}/*',
  '/events',
  '/me',
  '/me/challenges/{id}/resend',
]

const open: Readonly<Record<Exclude<Limited, 'after_reset'>, readonly string[]>> = {
  recovery: ['/me/factors', '/me/factors/*'],
  password_change: ['/me/password'],
  break_glass: [
    '/security/*',
    '/me/break-glass-codes',
    '/me/factors',
    '/me/sessions',
    '/me/sessions/*',
    '/roles',
    '/roles/{id}/ip-list',
    '/users',
  ],
}

const fits = (path: string, pattern: string): boolean =>
  pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern

/** Sending, taking data away and changing locks stay closed until somebody vouches for the person. */
const closedAfterReset = (contract: RouteContract): boolean => {
  if (contract.stepUp) return true
  const key = contract.access
  return /\.(send|export|approve|allow|publish)$|^contacts\.export\.|^account\.\w+\.manage$/.test(key)
}

/**
 * Whether a limited session may call this route (security.md §3.5). The list is short and stands here alone:
 * a new route is closed to limited sessions until it is named.
 */
export const mayCallLimited = (limited: Limited, contract: RouteContract): boolean => {
  if (always.some((pattern) => fits(contract.path, pattern)))
    return contract.path !== '/me' || contract.method === 'GET'
  if (limited === 'after_reset') return !closedAfterReset(contract)
  if (limited === 'break_glass' && contract.path === '/users') return contract.method === 'GET'
  if (limited === 'break_glass' && contract.path === '/roles') return contract.method === 'GET'
  if (limited === 'break_glass' && contract.path.startsWith('/me/factors')) return contract.method === 'GET'
  return open[limited].some((pattern) => fits(contract.path, pattern))
}
