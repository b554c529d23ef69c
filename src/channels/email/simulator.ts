import { setTimeout as sleep } from 'node:timers/promises'
import Type from 'typebox'
import { LRU } from '../../lib/lru.ts'
import type { ChannelAdapter, RenderedMessage, SubmitAnswer, SubmitContext } from '../channel.ts'

/** `refused` = certainly not kept, `unknown` = the answer of the mailbox was lost. */
export type Delivery =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused' | 'unknown'; readonly text: string }
/** Puts mails into the mailbox, all or none. */
export type Deliver = (batch: readonly RenderedMessage[]) => Promise<Delivery>

type SimulatorSettings = Record<string, never>

const magicDomain = 'sim.campanile.test'
const slowMs = 2_000
const deferrals = 2

const accepted: SubmitAnswer = {
  kind: 'accepted',
  providerRef: null,
  text: '250 2.0.0 kept in the built-in mailbox',
}
const hard: SubmitAnswer = {
  kind: 'permanent',
  code: '5.1.1',
  class: 'unknown_user',
  text: '550 5.1.1 no such user here (simulated)',
}
const spam: SubmitAnswer = {
  kind: 'permanent',
  code: '5.7.1',
  class: 'spam',
  text: '550 5.7.1 message looks like spam (simulated)',
}
const full: SubmitAnswer = { kind: 'temporary', code: '4.2.2', text: '452 4.2.2 mailbox full (simulated)' }
const later: SubmitAnswer = {
  kind: 'temporary',
  code: '4.7.1',
  text: '451 4.7.1 try again later (simulated)',
}
const cut: SubmitAnswer = {
  kind: 'unanswered',
  code: 'connection_lost',
  text: 'The connection was lost after DATA (simulated).',
}

/** The magic word of a recipient (sending.md §14): `hard+anything@sim.campanile.test` → `hard`. */
const wordOf = (recipient: string): string | null => {
  const [local = '', domain] = recipient.toLowerCase().split('@')
  return domain === magicDomain ? (local.split('+')[0] ?? '') : null
}

const refusals: Readonly<Record<string, SubmitAnswer>> = { hard, spam, full, soft: full }

/** The adapter behind the built-in mailbox; it is handed the way into the mailbox and knows no database. */
export const makeSimulatorAdapter = (deliver: Deliver): ChannelAdapter<SimulatorSettings> => {
  const deferred = new LRU<string, number>(100_000)

  const refusalOf = (message: RenderedMessage): SubmitAnswer | null => {
    const word = wordOf(message.recipient)
    if (word !== 'defer') return refusals[word ?? ''] ?? null
    const times = deferred.get(message.messageId) ?? 0
    deferred.set(message.messageId, times + 1)
    return times < deferrals ? later : null
  }

  const keep = async (batch: readonly RenderedMessage[], context: SubmitContext): Promise<void> => {
    if (batch.length === 0) return
    const delivery = await deliver(batch)
    for (const message of batch) {
      const answer: SubmitAnswer =
        delivery.kind === 'refused'
          ? { kind: 'down', code: 'mailbox_away', text: delivery.text, retryAfterSeconds: 5 }
          : delivery.kind === 'unknown'
            ? { kind: 'unanswered', code: 'mailbox_away', text: delivery.text }
            : wordOf(message.recipient) === 'cut'
              ? cut
              : accepted
      context.report(message.messageId, answer)
    }
  }

  const begin = (batch: readonly RenderedMessage[], context: SubmitContext): RenderedMessage[] =>
    batch.filter((message) => {
      const begun = !context.signal.aborted && context.mayBegin(message.messageId)
      const refusal = begun ? refusalOf(message) : { kind: 'not_begun' as const }
      if (refusal) context.report(message.messageId, refusal)
      return !refusal
    })

  return {
    channel: 'email',
    kind: 'simulator',
    settings: Type.Object({}, { additionalProperties: false }),
    secretSettings: [],
    capabilities: {
      max_batch: 50,
      concurrent: 5,
      idempotent_submit: false,
      lookup_by_id: false,
      delivery_receipts: false,
    },
    check: async () => ({ ok: true, detail: 'The built-in mailbox is part of this program.', durationMs: 0 }),
    submit: async (batch, _settings, context) => {
      const isSlow = (message: RenderedMessage) => wordOf(message.recipient) === 'slow'
      await keep(
        begin(
          batch.filter((message) => !isSlow(message)),
          context,
        ),
        context,
      )
      const slow = begin(batch.filter(isSlow), context)
      if (slow.length > 0) await sleep(slowMs, undefined, { ref: true })
      await keep(slow, context)
    },
    close: async () => {},
  }
}
