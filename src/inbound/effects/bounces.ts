import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import {
  applyLaterAnswers,
  insertMessageEvents,
  lockMessages,
  type StandingMessage,
} from '../../messages/index.ts'
import { emitEvents } from '../../webhooks/index.ts'
import { addressHasher, receiverOf } from './address.ts'
import { type BounceNews, bounceEvents } from './news.ts'
import { insertBounces, insertLateJournal } from './queries.ts'
import { suppressAtLimit } from './suppress.ts'

/** One final report about one message, judged. */
export type ToldBounce = {
  readonly messageId: string
  readonly class: string
  readonly code: string
  readonly text: string
  readonly origin: 'smtp' | 'mail' | 'webhook' | 'simulator'
  readonly rawRef: string | null
}

/** `waiting`: the message has no answer yet that a report could follow. */
export type Outcome = 'applied' | 'repeated' | 'waiting' | 'unknown'

const underWay = new Set(['planned', 'claimed', 'handed'])

type Known = { readonly told: ToldBounce; readonly message: StandingMessage; readonly hash: Buffer | null }

/** The first report of each message; what has none yet in `message_bounces`. */
const keepFirst = async (trx: Trx, accountId: string, known: readonly Known[]): Promise<Known[]> => {
  const fresh = await insertBounces(
    trx,
    accountId,
    known.map(({ told, message, hash }) => ({
      message_id: message.message_id,
      source_id: message.source_id,
      run_month: message.run_month,
      contact_id: message.contact_id,
      address_hash: (hash ?? message.address_hash ?? Buffer.alloc(0)).toString('hex'),
      receiver: receiverOf(message.address),
      class: told.class,
      code: told.code,
      text: told.text,
      origin: told.origin,
      counts: message.source_kind !== 'test',
    })),
  )
  return known.filter(({ message }) => fresh.delete(message.message_id))
}

const newsOf = ({ told, message }: Known): BounceNews => ({
  messageId: message.message_id,
  sourceId: message.source_id,
  sourceKind: message.source_kind,
  contactId: message.contact_id,
  address: message.address,
  class: told.class,
  code: told.code,
  text: told.text,
})

const suppressKnown = (trx: Trx, accountId: string, fresh: readonly Known[]): Promise<void> =>
  suppressAtLimit(
    trx,
    accountId,
    fresh.flatMap(({ told, message, hash }) =>
      message.source_kind === 'test' || hash === null || message.address === null
        ? []
        : [
            {
              messageId: message.message_id,
              contactId: message.contact_id,
              address: message.address,
              hash,
              class: told.class,
              text: told.text,
            },
          ],
    ),
  )

const moveLedger = async (trx: Trx, accountId: string, fresh: readonly Known[]): Promise<void> => {
  const moved = await applyLaterAnswers(
    trx,
    accountId,
    fresh.map(({ told, message }) => ({
      message_id: message.message_id,
      run_month: message.run_month,
      outcome: 'bounced',
      class: told.class,
      code: told.code,
      text: told.text,
    })),
  )
  const settled = Map.groupBy(
    moved.filter((row) => row.before === 'uncertain'),
    (row) => row.source_id,
  )
  for (const [sourceId, rows] of settled)
    await insertLateJournal(trx, accountId, sourceId, { accepted: 0, rejected: rows.length })
}

const eventOf = ({ told, message }: Known) => ({
  message_id: message.message_id,
  source_id: message.source_id,
  contact_id: message.contact_id,
  kind: 'bounced',
  raw_ref: told.rawRef,
  detail: {
    class: told.class,
    group: bounceGroupOf(told.class),
    code: told.code,
    text: told.text,
    source: told.origin,
  },
})

export const tellReports = async (
  trx: Trx,
  accountId: string,
  sourceIds: readonly string[],
): Promise<void> => {
  for (const sourceId of new Set(sourceIds)) await notify(trx, accountId, 'report', sourceId)
}

/**
 * The one way from a report to its effects, whoever brought it: the ledger row, the event, the suppression, the news to
 * other systems. A second report of the same message changes nothing.
 */
export const applyBounces = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  reports: readonly ToldBounce[],
): Promise<Map<string, Outcome>> => {
  const messages = await lockMessages(
    trx,
    accountId,
    reports.map(({ messageId }) => messageId),
  )
  const byId = new Map(messages.map((message) => [message.message_id, message]))
  const hashOf = await addressHasher(trx, deps, accountId)
  const outcomes = new Map<string, Outcome>()
  const known: Known[] = []
  for (const told of reports) {
    const message = byId.get(told.messageId)
    if (!message) outcomes.set(told.messageId, 'unknown')
    else if (underWay.has(message.state)) outcomes.set(told.messageId, 'waiting')
    else if (message.state === 'suppressed') outcomes.set(told.messageId, 'repeated')
    else known.push({ told, message, hash: hashOf(message.address) })
  }
  const fresh = await keepFirst(trx, accountId, known)
  for (const { message } of known) outcomes.set(message.message_id, 'repeated')
  for (const { message } of fresh) outcomes.set(message.message_id, 'applied')
  await moveLedger(trx, accountId, fresh)
  await insertMessageEvents(trx, accountId, fresh.map(eventOf))
  await suppressKnown(trx, accountId, fresh)
  await emitEvents(trx, accountId, bounceEvents(fresh.map(newsOf)))
  await tellReports(
    trx,
    accountId,
    fresh.map(({ message }) => message.source_id),
  )
  return outcomes
}
