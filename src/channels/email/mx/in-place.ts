import { setTimeout as sleep } from 'node:timers/promises'
import type { SmtpConnection } from '../smtp/connection.ts'
import { SmtpFault } from '../smtp/failure.ts'
import { poolKey } from '../smtp/pool.ts'
import { openToHosts } from './open.ts'
import type { PlaceAt } from './places.ts'
import type { Group, MxSubmission } from './submission.ts'

/** Every connection that the site's limit allows is in use, by this process or another. */
export class NoPlace extends SmtpFault {}

/** Which site a connection holds a place at, and when that place is free again. */
const held = new WeakMap<SmtpConnection, { readonly site: string; freed: Promise<void> }>()

/** A free place, or the one of a connection that only rests: many domains may share a site and none of its servers. */
const takePlace = async (
  { places, pool }: MxSubmission,
  at: PlaceAt,
): Promise<(() => Promise<void>) | null> => {
  const free = await places.take(at)
  if (free) return free
  const site = siteKey(at)
  const ended = await pool.endOne((connection) => held.get(connection)?.site === site)
  if (!ended) return null
  await held.get(ended)?.freed
  return places.take(at)
}

const siteKey = ({ accountId, providerId, site }: PlaceAt): string =>
  JSON.stringify([accountId, providerId, site])

/** Opens in a place of the site; the place is free again when the connection ends, however it ends. */
const openInPlace = async (
  submission: MxSubmission,
  { hosts, site, messages }: Group,
  placesMax: number,
  signal: AbortSignal,
): Promise<SmtpConnection> => {
  const { opening, settings } = submission
  const at = {
    accountId: messages[0]?.accountId ?? '',
    providerId: settings.provider_id ?? '',
    site,
    placesMax,
  }
  const giveBack = await takePlace(submission, at)
  if (!giveBack) throw new NoPlace('stopped', 'Every place is taken.')
  try {
    const connection = await openToHosts(hosts, { ...opening, signal })
    const entry = { site: siteKey(at), freed: Promise.resolve() }
    held.set(connection, entry)
    connection.onEnd(() => {
      entry.freed = giveBack()
    })
    return connection
  } catch (error) {
    await giveBack()
    throw error
  }
}

/** Other batches for the same receiver end within seconds, and leave their connections resting. */
const waitMs = 100
const waitsMax = 30

type Wanted = {
  readonly connections: number
  readonly shared: unknown
  /** The batch has a connection already: a second one is not waited for. */
  readonly hasOne: boolean
  readonly signal: AbortSignal
}

/**
 * A connection of the site, where all its places are taken one that another batch has left.
 * @throws SmtpFault, NoPlace when there was none for a while.
 */
export const openOrShare = async (
  submission: MxSubmission,
  group: Group,
  { connections, shared, hasOne, signal }: Wanted,
): Promise<SmtpConnection> => {
  for (let waits = 0; ; waits += 1) {
    try {
      return await openInPlace(submission, group, connections, signal)
    } catch (error) {
      if (!(error instanceof NoPlace) || hasOne || waits === waitsMax || signal.aborted) throw error
    }
    await sleep(waitMs)
    const left = await submission.pool.take(poolKey(group.messages[0]?.accountId ?? '', shared))
    if (left) return left
  }
}
