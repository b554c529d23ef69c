import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { authenticateKey, carriesKey, refuseKeyInQuery } from './api-keys/authenticate.ts'
import { authenticateSession } from './sessions/open.ts'

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
  return carriesKey(request) ? authenticateKey(deps, request, reply) : authenticateSession(deps, request)
}
