import { domainToASCII } from 'node:url'
import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channel.ts'
import { SmtpFault } from '../smtp/failure.ts'
import { submitBatch } from '../smtp/submit.ts'
import { fullCode, toReceiverAnswer, unroutable } from './answers.ts'
import { NoPlace, openOrShare } from './in-place.ts'
import { usualSiteLimits } from './settings.ts'
import type { Group, MxSubmission } from './submission.ts'

/** All connections to a receiver are in use, by this process or another: its messages wait a moment. */
const fullSeconds = 5
/** A slow receiver begins no further message of a batch after this: those for others wait behind it. */
const receiverMsMax = 20_000

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

/** Why messages of a receiver were not begun although their gate is open. */
type Held = { why: string | null }

const waits = (text: string): SubmitAnswer => ({
  kind: 'throttled',
  code: fullCode,
  text,
  retryAfterSeconds: fullSeconds,
  scope: 'receiver',
})

/** Answers of one receiver, as the engine is to understand them. */
const reporter =
  ({ context }: MxSubmission, held: Held): SubmitContext['report'] =>
  (id, answer) =>
    context.report(
      id,
      held.why !== null && answer.kind === 'not_begun' ? waits(held.why) : toReceiverAnswer(answer),
    )

const deliverGroup = async (submission: MxSubmission, group: Group, untilMs: number): Promise<void> => {
  const { context, settings, pool, opening, unreachable } = submission
  const [first] = group.messages
  if (!first) return
  const { connections, messages_per_connection } = settings.limits?.[domainOf(first)] ?? usualSiteLimits
  const shared = [settings.provider_id, settings.ehlo_name, settings.source_addresses, group.hosts.toSorted()]
  const held: Held = { why: null }
  let opened = 0
  const report = reporter(submission, held)
  const mayBegin = (id: string): boolean => {
    if (performance.now() <= untilMs) return context.mayBegin(id)
    held.why ??= `${group.site} answers slowly.`
    return false
  }
  const away = unreachable.of(shared)
  if (away) {
    for (const { messageId } of group.messages)
      report(messageId, context.mayBegin(messageId) ? away : { kind: 'not_begun' })
    return
  }
  await submitBatch({
    batch: group.messages,
    context: { ...context, mayBegin, report },
    open: async (signal) => {
      try {
        return await openOrShare(submission, group, { connections, shared, hasOne: opened > 0, signal })
      } catch (error) {
        if (error instanceof NoPlace) held.why = `All connections to ${group.site} are in use.`
        else if (error instanceof SmtpFault) unreachable.note(shared, error)
        throw error
      } finally {
        opened += 1
      }
    },
    shared,
    timeouts: opening.timeouts,
    pool,
    concurrent: connections,
    carriedMax: messages_per_connection,
  })
}

/** Works a batch off, several receivers at once; every message is reported exactly once. */
export const submitToReceivers = async (submission: MxSubmission): Promise<void> => {
  const waiting = await groupBySite(submission)
  const untilMs = performance.now() + receiverMsMax
  const line = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift())
      await deliverGroup(submission, group, untilMs)
  }
  await Promise.all(Array.from({ length: Math.min(submission.sitesMax, waiting.length) }, line))
}
