import type { Trx } from '../../db/pool.ts'
import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { readAccounting, runMonthOf } from '../../messages/index.ts'
import { demoContent, demoLinks, demoWords, type Language } from './letter.ts'
import { type Outcome, outcomeOf } from './outcomes.ts'
import {
  type EventRow,
  freezeMembers,
  type HitRow,
  insertAttempts,
  insertCampaign,
  insertEvents,
  insertHits,
  insertJournal,
  insertMessages,
  type MessageRow,
  type Run,
} from './queries.ts'

type Sent = { readonly contactId: string; readonly messageId: string; readonly outcome: Outcome }

const toMessage = ({ contactId, messageId, outcome }: Sent): MessageRow => ({
  message_id: messageId,
  contact_id: contactId,
  state: outcome.state,
  reason: outcome.reason,
  resolution: outcome.resolution,
  delivery_status: outcome.deliveryStatus,
  basis: outcome.state === 'accepted' ? 'relay' : null,
  flags: outcome.unsubscribedAt ? ['unsubscribed'] : [],
  attempts: outcome.handedAt ? 1 : 0,
  answer: outcome.answer ? { at: outcome.finalAt, ...outcome.answer } : null,
  handed_at: outcome.handedAt,
  final_at: outcome.finalAt,
})

const urlAt = (position: number | null): string | null =>
  position === null ? null : (demoLinks[position - 1] ?? null)

const toHits = ({ contactId, messageId, outcome }: Sent): HitRow[] =>
  outcome.hits.map((hit) => ({
    message_id: messageId,
    contact_id: contactId,
    kind: hit.kind,
    position: hit.position,
    url: urlAt(hit.position),
    at: hit.at,
  }))

const answered = { accepted: 'delivered', rejected: 'rejected', uncertain: 'uncertain' } as const

const toEvents = ({ contactId, messageId, outcome }: Sent): EventRow[] => {
  const event = (kind: string, at: Date, detail: object): EventRow => ({
    message_id: messageId,
    contact_id: contactId,
    kind,
    at,
    detail,
  })
  if (outcome.state === 'suppressed') return []
  const { code = '', text = '' } = outcome.answer ?? {}
  return [
    event(answered[outcome.state], outcome.handedAt ?? outcome.finalAt, { code, text }),
    ...outcome.hits.map((hit) =>
      event(hit.kind === 'open' ? 'opened' : 'clicked', hit.at, {
        method: 'GET',
        position: hit.position,
        url: urlAt(hit.position),
      }),
    ),
    ...(outcome.unsubscribedAt ? [event('unsubscribed', outcome.unsubscribedAt, { source: 'page' })] : []),
  ]
}

/** The journal tells the figures that the ledger really has, and an identity that does not hold stops the work. */
const writeJournal = async (trx: Trx, run: Run): Promise<void> => {
  const accounting = await readAccounting(trx, run.accountId, run.campaignId)
  const { audience, suppressed, accepted } = accounting
  if (!accounting.balanced) throw new Error('the ledger of the sample campaign does not add up')
  await insertJournal(trx, run, [
    { kind: 'started', at: run.startedAt, detail: { audience } },
    { kind: 'planned', at: addMs(run.startedAt, 900), detail: { audience, suppressed } },
    { kind: 'finishing', at: addMs(run.startedAt, minutesMs(2)), detail: {} },
    { kind: 'finished', at: run.finishedAt, detail: { audience, accepted, suppressed } },
  ])
}

export type SampleRun = {
  readonly accountId: string
  readonly language: Language
  readonly groupId: string
  readonly startedAt: Date
  readonly hash: { readonly inner: Buffer; readonly outer: Buffer }
}

/** One finished run as the engine leaves it: frozen audience, ledger, answers, hits, journal. */
export const writeSampleCampaign = async (
  trx: Trx,
  given: SampleRun,
  /** Ids in the order in which the letter went out. */
  order: readonly string[],
): Promise<void> => {
  const createdAt = addMs(given.startedAt, -hoursMs(20))
  const run: Run = {
    accountId: given.accountId,
    campaignId: uuidV7(createdAt),
    runMonth: runMonthOf(given.startedAt),
    startedAt: given.startedAt,
    finishedAt: addMs(given.startedAt, minutesMs(12)),
  }
  const words = demoWords[given.language]
  await insertCampaign(trx, run, {
    name: words.campaign,
    language: given.language,
    groupId: given.groupId,
    content: demoContent(given.language),
    createdAt,
    links: demoLinks,
  })
  const audience = new Set(await freezeMembers(trx, run, given.groupId))
  const sent: readonly Sent[] = order.flatMap((contactId, place) =>
    audience.has(contactId)
      ? [{ contactId, messageId: uuidV7(given.startedAt), outcome: outcomeOf(place, given.startedAt) }]
      : [],
  )
  await insertMessages(trx, run, sent.map(toMessage), given.hash)
  await insertAttempts(trx, run)
  await insertEvents(trx, run, sent.flatMap(toEvents))
  await insertHits(trx, run, sent.flatMap(toHits))
  await writeJournal(trx, run)
}
