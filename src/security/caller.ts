import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { authenticateKey, carriesKey, refuseKeyInQuery } from './api-keys/authenticate.ts'
import { authenticateSession } from './sessions/open.ts'
import { admitSupport } from './sessions/support.ts'

/**
 * Finds who calls: by the key where one is sent, else by the session cookie; there is no third way
 * (security.md §1 principle 1).
 */
export const authenticateCaller = async (
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor> => {
  refuseKeyInQuery(request)
  if (carriesKey(request)) return authenticateKey(deps, request, reply)
  const actor = await authenticateSession(deps, request)
  const { contract } = request.routeOptions.config
  if (contract) await admitSupport(deps, actor, contract)
  return actor
}
