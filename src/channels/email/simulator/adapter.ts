import { setTimeout as sleep } from 'node:timers/promises'
import Type from 'typebox'
import type { ChannelAdapter, RenderedMessage, SubmitAnswer, SubmitContext } from '../../channel.ts'
import { accepted, cut, refusalOf } from './answers.ts'
import type { Behaviour, BehaviourOf } from './behaviour.ts'

/** `refused` = certainly not kept, `unknown` = the answer of the mailbox was lost. */
export type Delivery =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused' | 'unknown'; readonly text: string }
/** A mail that was taken, and what its recipient is going to do with it. */
export type TakenMail = { readonly message: RenderedMessage; readonly acts: Behaviour['acts'] }
/** Puts mails into the mailbox, all or none. */
export type Deliver = (mails: readonly TakenMail[]) => Promise<Delivery>

export type SimulatorParts = { readonly deliver: Deliver; readonly behaviourOf: BehaviourOf }
type SimulatorSettings = Record<string, never>

const concurrent = 5
/**
 * What a crash between the first byte and the answer leaves open: as little as the connections of a relay would
 * (sending.md §9), though more at once would be quicker.
 */
const mailsAtOnce = concurrent * 2

const away = {
  kind: 'down',
  code: 'mailbox_away',
  text: 'The built-in mailbox could not be reached.',
  retryAfterSeconds: 5,
} as const satisfies SubmitAnswer

type Judged = { readonly message: RenderedMessage; readonly behaviour: Behaviour }

const answerTo = (delivery: Awaited<ReturnType<Deliver>>, { answer }: Behaviour): SubmitAnswer => {
  switch (delivery.kind) {
    case 'refused':
      return { ...away, text: delivery.text }
    case 'unknown':
      return { kind: 'unanswered', code: 'mailbox_away', text: delivery.text }
    case 'kept':
      return answer === 'cut' ? cut : accepted
  }
}

/** The rows of one latency, in groups small enough to be under way together. */
const groupsOf = (judged: readonly Judged[]): Judged[][] => {
  const byLatency = Map.groupBy(judged, ({ behaviour }) => behaviour.latencyMs)
  return [...byLatency.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / mailsAtOnce) }, (_, n) =>
      same.slice(n * mailsAtOnce, (n + 1) * mailsAtOnce),
    ),
  )
}

/** The adapter behind the built-in mailbox; it is handed the way into the mailbox and knows no database. */
export const makeSimulatorAdapter = ({
  deliver,
  behaviourOf,
}: SimulatorParts): ChannelAdapter<SimulatorSettings> => {
  const transfer = async (group: readonly Judged[], context: SubmitContext): Promise<void> => {
    const begun = group.filter(({ message }) => {
      const begins = !context.signal.aborted && context.mayBegin(message.messageId)
      if (!begins) context.report(message.messageId, { kind: 'not_begun' })
      return begins
    })
    const latencyMs = begun[0]?.behaviour.latencyMs ?? 0
    // A process that ends does not wait: what was begun is answered at once.
    if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: context.signal }).catch(() => {})
    const taken: Judged[] = []
    for (const one of begun) {
      const refusal = refusalOf(one.behaviour.answer)
      if (refusal) context.report(one.message.messageId, refusal)
      else taken.push(one)
    }
    const kept = taken.filter(({ behaviour }) => behaviour.answer !== 'drop')
    const delivery =
      kept.length === 0
        ? { kind: 'kept' as const }
        : await deliver(kept.map(({ message, behaviour }) => ({ message, acts: behaviour.acts })))
    for (const { message, behaviour } of taken)
      context.report(message.messageId, answerTo(delivery, behaviour))
  }

  let turn: Promise<unknown> = Promise.resolve()
  /** One group after another, whatever batches they belong to: what is under way stays few. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = turn.then(act)
    turn = done.catch(() => {})
    return done
  }

  return {
    channel: 'email',
    kind: 'simulator',
    settings: Type.Object({}, { additionalProperties: false }),
    secretSettings: [],
    capabilities: {
      max_batch: 1_000,
      concurrent,
      idempotent_submit: false,
      lookup_by_id: false,
      delivery_receipts: false,
    },
    check: async () => ({ ok: true, detail: 'The built-in mailbox is part of this program.', durationMs: 0 }),
    submit: async (batch, _settings, context) => {
      const behaves = await behaviourOf(batch).catch(() => null)
      if (!behaves) {
        for (const { messageId } of batch) context.report(messageId, away)
        return
      }
      const groups = groupsOf(batch.map((message) => ({ message, behaviour: behaves(message) })))
      const prompt = groups.filter(([first]) => first?.behaviour.latencyMs === 0)
      const late = groups.filter(([first]) => first?.behaviour.latencyMs !== 0)
      const waiting = late.map((group) => transfer(group, context))
      for (const group of prompt) await inTurn(() => transfer(group, context))
      await Promise.all(waiting)
    },
    close: async () => {},
  }
}
