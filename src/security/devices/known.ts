import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Trx } from '../../db/pool.ts'
import { agentFamily } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { findKnownDevice, keepKnownDevice } from './queries.ts'
import { deviceHashes, giveDeviceToken, keepDeviceTokens } from './tokens.ts'

export type Whose = { readonly accountId: string; readonly userId: string }
type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

const lifeSeconds = 180 * 86_400

/** The browser's token for this person, if it ever signed in completely from here. */
export const knownDevice = (trx: Trx, deps: Deps, whose: Whose, request: FastifyRequest) =>
  findKnownDevice(trx, whose, deviceHashes(request, deps.config, 'kd'))

/** Keeps the browser in mind after a complete sign-in; true when it was not known before. */
export const rememberDevice = async (trx: Trx, deps: Deps, whose: Whose, http: Http): Promise<boolean> => {
  const known = await knownDevice(trx, deps, whose, http.request)
  const agent = agentFamily(http.request)
  const expiresAt = addMs(deps.clock.now(), lifeSeconds * 1000)
  if (known) keepDeviceTokens(http, deps.config, 'kd', lifeSeconds)
  const hash = known ?? giveDeviceToken(http, deps.config, 'kd', { old: null, maxAgeSeconds: lifeSeconds })
  await keepKnownDevice(trx, whose, { hash, agent, expiresAt })
  return known === null
}
