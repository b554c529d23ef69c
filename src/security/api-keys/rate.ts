import type { FastifyReply, FastifyRequest } from 'fastify'
import { entitledNumber } from '../../accounts/index.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { checkLimiter } from '../../http/limiter.ts'
import { spendSeconds } from './queries.ts'

/** Requests per second and key (api.md A2). */
const usual = { send: 50, read: 20, export: 2 } as const
type Kind = keyof typeof usual

const kindOf = (request: FastifyRequest): Kind => {
  const access = request.routeOptions.config.contract?.access ?? ''
  if (/\.export(\.|$)/.test(access)) return 'export'
  return request.method === 'GET' ? 'read' : 'send'
}

/** Without a store of limits reading goes on and changing does not (security.md §4.9). */
const isStoreUp = (deps: Deps, request: FastifyRequest): boolean => {
  try {
    checkLimiter(deps.db)
    return true
  } catch (error) {
    if (request.method === 'GET') return false
    throw error
  }
}

/**
 * Spends one call of this second, of the key and of all keys of the account together.
 * @throws AppError 429 `rate_limited` with `Retry-After`.
 */
export const spendKeyRate = async (
  deps: Deps,
  actor: Actor,
  own: number | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  if (!isStoreUp(deps, request)) return
  const kind = kindOf(request)
  const together = entitledNumber(actor.entitlements, 'limit.api_rps')
  const most = Math.min(own ?? usual[kind], together)
  const [byKey = 0, byAccount = 0] = await spendSeconds(deps.db, [
    `api:key:${actor.sessionId}:${kind}`,
    `api:account:${actor.accountId}`,
  ])
  const left = Math.max(0, Math.min(most - byKey, together - byAccount))
  reply.header('ratelimit-policy', `"${kind}";q=${most};w=1`)
  reply.header('ratelimit', `"${kind}";r=${left};t=1`)
  if (byKey > most || byAccount > together)
    throw new AppError('rate_limited', 429, '', {}, { 'retry-after': '1' })
}
