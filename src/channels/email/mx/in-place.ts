import type { SmtpConnection } from '../smtp/connection.ts'
import { SmtpFault } from '../smtp/failure.ts'
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

/**
 * Opens in a place of the site; the place is free again when the connection ends, however it ends.
 * @throws SmtpFault, NoPlace
 */
export const openInPlace = async (
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
