import { findShippedRule, matchesWildcard } from '../../channels/email/bounce-rules.ts'

/** What a receiver answered, as a rule sees it. */
export type Answer = { readonly code: string; readonly text: string; readonly receiver: string | null }

export type OwnRule = {
  readonly id: string
  readonly code: string | null
  readonly pattern: string | null
  readonly receiver: string | null
  readonly class: string
  readonly enabled: boolean
}

const textCharsMax = 2_000

export const fits = (rule: Omit<OwnRule, 'id' | 'class' | 'enabled'>, answer: Answer): boolean => {
  const { code, pattern, receiver } = rule
  if (code !== null && !matchesWildcard(code, answer.code)) return false
  if (receiver !== null && !matchesWildcard(receiver.toLowerCase(), answer.receiver ?? '')) return false
  const text = answer.text.slice(0, textCharsMax).replaceAll(/\s+/g, ' ').toLowerCase()
  // A pattern is looked for anywhere in the text.
  return pattern === null || matchesWildcard(`*${pattern.toLowerCase()}*`, text)
}

export type Judgement = {
  readonly class: string
  /** Of the account's own rule; null where a shipped one or none decided. */
  readonly ruleId: string | null
  readonly shipped: string | null
}

/** Own rules in their order, then the shipped ones. */
export const judge = (rules: readonly OwnRule[], answer: Answer): Judgement => {
  const own = rules.find((rule) => rule.enabled && fits(rule, answer))
  if (own) return { class: own.class, ruleId: own.id, shipped: null }
  const { class: word, ruleId } = findShippedRule(answer.code, answer.text)
  return { class: word, ruleId: null, shipped: ruleId }
}
