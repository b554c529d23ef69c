import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Trx } from '../../db/pool.ts'
import { agentFamily, clientAddress } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import type { Whose } from './known.ts'
import {
  deleteTrustedDevices,
  findTrustedDevice,
  insertTrustedDevice,
  rotateTrustedDevice,
} from './queries.ts'
import { deviceHashes, giveDeviceToken } from './tokens.ts'

type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/**
 * Stands for the country of a device: without a table of countries, a network that is a good deal narrower than one.
 * Leaving it asks for a code once more than needed, never once less.
 */
const networkOf = (address: string | null): string => {
  if (address === null) return 'unresolved'
  const parts = address.split(address.includes(':') ? ':' : '.')
  return parts.slice(0, 2).join(address.includes(':') ? ':' : '.')
}

const dayMs = hoursMs(24)

/** Lets this browser skip the code for the days the account allows. */
export const trustDevice = async (
  trx: Trx,
  deps: Deps,
  whose: Whose,
  given: { readonly epoch: number; readonly days: number },
  http: Http,
): Promise<void> => {
  const now = deps.clock.now()
  const hash = giveDeviceToken(http, deps.config, 'td', { old: null, maxAgeSeconds: given.days * 86_400 })
  const address = clientAddress(http.request)
  await insertTrustedDevice(trx, whose, {
    id: uuidV7(now),
    hash,
    epoch: given.epoch,
    agent: agentFamily(http.request),
    network: networkOf(address),
    address,
    expiresAt: addMs(now, given.days * dayMs),
  })
}

/** A live trust of this person in this browser, network and state of the account's rule. */
export const findTrust = async (
  trx: Trx,
  deps: Deps,
  whose: Whose,
  given: { readonly epoch: number; readonly days: number },
  request: FastifyRequest,
) => {
  if (given.days === 0) return null
  const device = await findTrustedDevice(trx, whose, deviceHashes(request, deps.config, 'td'))
  if (!device || device.security_epoch !== given.epoch) return null
  // A rule that was shortened since holds for the devices there are, too.
  if (addMs(device.created_at, given.days * dayMs) <= deps.clock.now()) return null
  const same =
    device.agent_family === agentFamily(request) && device.network === networkOf(clientAddress(request))
  return same ? device : null
}

/** Uses the trust once: its token is changed; false when somebody else used it in the same moment. */
export const spendTrust = (
  trx: Trx,
  deps: Deps,
  accountId: string,
  device: { readonly id: string; readonly token_hash: Buffer; readonly expires_at: Date },
  http: Http,
): Promise<boolean> => {
  const leftMs = device.expires_at.getTime() - deps.clock.now().getTime()
  const next = giveDeviceToken(http, deps.config, 'td', {
    old: device.token_hash,
    maxAgeSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
  })
  return rotateTrustedDevice(trx, accountId, device.id, {
    old: device.token_hash,
    next,
    address: clientAddress(http.request),
  })
}

/**
 * Every browser of a person, or of the whole account, is asked for a code again: after a change of password, factors,
 * roles or the list of addresses (security.md §3.3).
 */
export const dropTrustedDevices = (trx: Trx, accountId: string, userId?: string): Promise<number> =>
  deleteTrustedDevices(trx, accountId, userId === undefined ? {} : { userId })
