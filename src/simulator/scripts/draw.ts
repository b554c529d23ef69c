import { createHash } from 'node:crypto'
import type { RenderedMessage } from '../../channels/channel.ts'
import {
  type Behaviour,
  behaviourOfClass,
  magicBehaviour,
  obliging,
  type PlannedAct,
} from '../../channels/email/simulator/behaviour.ts'
import { actClasses, magicDomain } from '../../channels/email/simulator/contract.ts'
import type { OutcomeClass } from './contract.ts'
import { fitsPattern } from './pattern.ts'

/** A rule as it is asked. */
export type Rule = {
  readonly address: string | null
  readonly domain: string | null
  readonly campaignId: string | null
  readonly outcome: OutcomeClass
  readonly rate: number
  readonly latencyMs: number
  readonly seed: string | number
}

type Message = Pick<RenderedMessage, 'recipient' | 'sourceId'>

/** A rule that names the domain of the magic addresses overrules them; one for everybody does not. */
const namesMagic = (rule: Rule): boolean =>
  rule.domain === magicDomain || rule.address?.endsWith(`@${magicDomain}`) === true

const matches = (rule: Rule, { recipient, sourceId }: Message): boolean => {
  const address = recipient.toLowerCase()
  return (
    (rule.campaignId === null || rule.campaignId === sourceId) &&
    (rule.domain === null || address.endsWith(`@${rule.domain}`)) &&
    (rule.address === null || fitsPattern(address, rule.address))
  )
}

/** Who clicks has opened: these share one draw, so that the smaller share lies within the larger one. */
const readers: readonly OutcomeClass[] = ['open', 'click', 'human', 'unsubscribe']
/** These say nothing of the recipient and are drawn anew each minute, or a message would never leave. */
const passing: readonly OutcomeClass[] = ['throttle', 'down']
const minuteMs = 60_000

const draws = 2 ** 48
/** The same for one seed, class and address whenever and wherever it is asked. */
const drawOf = (rule: Rule, { recipient }: Message, now: Date): number => {
  const label = readers.includes(rule.outcome) ? 'reader' : rule.outcome
  const slot = passing.includes(rule.outcome) ? Math.floor(now.getTime() / minuteMs) : 0
  const text = JSON.stringify([String(rule.seed), label, slot, recipient.toLowerCase()])
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / draws
}

const isAct = (outcome: OutcomeClass): boolean => (actClasses as readonly string[]).includes(outcome)
const bounces: readonly string[] = ['late-bounce', 'late-soft']

/** What follows from what: a click shows its images first, a mail that comes back was read by nobody. */
const consistent = (acts: readonly PlannedAct[]): PlannedAct[] => {
  const once = [...new Map(acts.toReversed().map((act) => [act.kind, act])).values()].toReversed()
  const bounce = once.find(({ kind }) => bounces.includes(kind))
  if (bounce) return [bounce]
  const click = once.find(({ kind }) => kind === 'click')
  const opens = once.some(({ kind }) => kind === 'open')
  return click && !opens ? [{ kind: 'open', afterMs: Math.floor(click.afterMs / 2) }, ...once] : once
}

/**
 * How the recipient of a message behaves. Rules are asked in order: the first answer that is drawn counts, every act
 * that is drawn is done; `ok` ends the asking. Where no rule is drawn the magic word counts.
 */
export const drawBehaviour = (rules: readonly Rule[], message: Message, now: Date): Behaviour => {
  const magic = magicBehaviour(message.recipient)
  let answer: Behaviour | null = null
  const acts: PlannedAct[] = []
  let told = false
  for (const rule of rules) {
    if (rule.rate === 0 || (magic && !namesMagic(rule)) || !matches(rule, message)) continue
    if (rule.rate < 1 && drawOf(rule, message, now) >= rule.rate) continue
    told = true
    const behaviour = behaviourOfClass(rule.outcome, rule.latencyMs)
    if (isAct(rule.outcome)) acts.push(...behaviour.acts)
    else answer ??= behaviour
    if (rule.outcome === 'ok') break
  }
  if (!told) return magic ?? obliging
  return { ...(answer ?? obliging), acts: consistent(acts) }
}
