import { domainToASCII } from 'node:url'
import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channel.ts'
import type { SmtpConnection } from '../smtp/connection.ts'
import { SmtpFault } from '../smtp/failure.ts'
import type { Pool } from '../smtp/pool.ts'
import { submitBatch } from '../smtp/submit.ts'
import { toReceiverAnswer, unroutable } from './answers.ts'
import { type MxOpening, openToHosts } from './open.ts'
import type { PlaceAt, Places } from './places.ts'
import type { MailRoutes } from './routes.ts'
import { type MxSettings, usualSiteLimits } from './settings.ts'

export type MxSubmission = {
  readonly batch: readonly RenderedMessage[]
  readonly context: SubmitContext
  readonly settings: MxSettings
  readonly opening: Omit<MxOpening, 'signal'>
  readonly routes: MailRoutes
  readonly places: Places
  readonly pool: Pool
  readonly sitesMax: number
}

/** All connections to a receiver are in use, by this process or another: its messages wait a moment. */
const fullSeconds = 5
export const fullCode = 'connections_in_use'

type Group = {
  readonly hosts: readonly string[]
  readonly site: string
  readonly messages: RenderedMessage[]
}

const domainOf = ({ recipient }: RenderedMessage): string =>
  domainToASCII(recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase())

/** Messages of one account for the same servers go over the same connections, whatever their domains. */
const groupBySite = async ({ batch, context, routes }: MxSubmission): Promise<Group[]> => {
  const groups = new Map<string, Group>()
  const found = await Promise.all(
    batch.map(async (message) => ({ message, route: await routes.routeOf(domainOf(message)) })),
  )
  for (const { message, route } of found) {
    if (route.kind !== 'hosts') {
      const answer: SubmitAnswer = context.mayBegin(message.messageId)
        ? (unroutable(route) ?? { kind: 'not_begun' })
        : { kind: 'not_begun' }
      context.report(message.messageId, answer)
      continue
    }
    const key = JSON.stringify([message.accountId, route.hosts.toSorted()])
    const group = groups.get(key) ?? { hosts: route.hosts, site: route.site, messages: [] }
    group.messages.push(message)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Which site a connection holds a place at, and when that place is free again. */
const held = new WeakMap<SmtpConnection, { readonly site: string; ended: Promise<void> }>()

/** A free place, or the one of a connection that only rests: many domains may share a site and none of its servers. */
const takePlace = async (
  { places, pool }: MxSubmission,
  at: PlaceAt,
): Promise<(() => Promise<void>) | null> => {
  const free = await places.take(at)
  if (free) return free
  let ended: Promise<void> | undefined
  const site = siteKey(at)
  const found = await pool.endOne((connection) => {
    const own = held.get(connection)
    if (own?.site !== site) return false
    ended = Promise.resolve().then(() => held.get(connection)?.ended)
    return true
  })
  if (!found) return null
  await ended
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
  if (!giveBack) throw new SmtpFault('stopped', fullCode)
  try {
    const connection = await openToHosts(hosts, { ...opening, signal })
    const entry = { site: siteKey(at), ended: Promise.resolve() }
    held.set(connection, entry)
    connection.onEnd(() => {
      entry.ended = giveBack()
    })
    return connection
  } catch (error) {
    await giveBack()
    throw error
  }
}

const deliverGroup = async (submission: MxSubmission, group: Group): Promise<void> => {
  const { context, settings, pool, opening } = submission
  const [first] = group.messages
  if (!first) return
  const { connections, messages_per_connection } = settings.limits?.[domainOf(first)] ?? usualSiteLimits
  let full = false
  const report: SubmitContext['report'] = (id, answer) =>
    context.report(
      id,
      full && answer.kind === 'not_begun'
        ? {
            kind: 'throttled',
            code: fullCode,
            text: `All connections to ${group.site} are in use.`,
            retryAfterSeconds: fullSeconds,
            scope: 'receiver',
          }
        : toReceiverAnswer(answer),
    )
  await submitBatch({
    batch: group.messages,
    context: { ...context, mayBegin: (id) => context.mayBegin(id), report },
    open: async (signal) => {
      try {
        return await openInPlace(submission, group, connections, signal)
      } catch (error) {
        full ||= error instanceof SmtpFault && error.message === fullCode
        throw error
      }
    },
    shared: [settings.provider_id, settings.ehlo_name, settings.source_addresses, group.hosts.toSorted()],
    timeouts: opening.timeouts,
    pool,
    concurrent: connections,
    carriedMax: messages_per_connection,
  })
}

/** Works a batch off, several receivers at once; every message is reported exactly once. */
export const submitToReceivers = async (submission: MxSubmission): Promise<void> => {
  const waiting = await groupBySite(submission)
  const line = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) await deliverGroup(submission, group)
  }
  await Promise.all(Array.from({ length: Math.min(submission.sitesMax, waiting.length) }, line))
}
