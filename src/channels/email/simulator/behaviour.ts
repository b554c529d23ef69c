import type { RenderedMessage } from '../../channel.ts'
import { type ActClass, type AnswerClass, magicDomain, magicWords } from './contract.ts'

/** One thing a recipient does later, and how long after the mail was taken. */
export type PlannedAct = { readonly kind: ActClass; readonly afterMs: number }

/** How a receiver treats one message. */
export type Behaviour = {
  readonly answer: AnswerClass
  /** Before the answer comes. */
  readonly latencyMs: number
  readonly acts: readonly PlannedAct[]
}

/** Asked once per batch, so that the rules behind it are read once. */
export type BehaviourOf = (
  batch: readonly RenderedMessage[],
) => Promise<(message: RenderedMessage) => Behaviour>

export const obliging: Behaviour = { answer: 'ok', latencyMs: 0, acts: [] }

const slowMs = 2_000

/** A reader takes his time: a click within five seconds of the delivery would look like a program (email.md §9.2). */
const usualMs: Readonly<Record<ActClass, number>> = {
  open: 3_000,
  click: 9_000,
  human: 3_000,
  unsubscribe: 12_000,
  complain: 12_000,
  'late-bounce': 4_000,
  'late-soft': 4_000,
  ooo: 4_000,
  scanner: 500,
  proxy: 1_000,
}
const isAct = (word: AnswerClass | ActClass): word is ActClass => word in usualMs

/** What a class means: an answer, or an answer of `ok` and what follows; `latencyMs` stands in for the usual time. */
export const behaviourOfClass = (word: AnswerClass | ActClass, latencyMs = 0): Behaviour => {
  if (!isAct(word)) return { answer: word, latencyMs: latencyMs || (word === 'slow' ? slowMs : 0), acts: [] }
  const afterMs = latencyMs || usualMs[word]
  const acts: PlannedAct[] =
    word === 'human'
      ? [
          { kind: 'open', afterMs },
          { kind: 'click', afterMs: afterMs + usualMs.click - usualMs.open },
        ]
      : [{ kind: word, afterMs }]
  return { ...obliging, acts }
}

/** `hard+anything@sim.campanile.test` → what `hard` does; null for every other address (sending.md §14). */
export const magicBehaviour = (recipient: string): Behaviour | null => {
  const [local = '', domain] = recipient.toLowerCase().split('@')
  if (domain !== magicDomain) return null
  const word = magicWords.find((known) => known === local.split('+')[0])
  return word ? behaviourOfClass(word) : null
}
