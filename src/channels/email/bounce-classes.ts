/** Words for a refusal and the group a report counts it in (email.md §11.1). */
const groups = {
  unknown_user: 'hard',
  unknown_domain: 'hard',
  disabled: 'hard',
  mailbox_full: 'soft',
  server: 'soft',
  timeout: 'soft',
  greylist: 'soft',
  too_large: 'soft',
  spam: 'block',
  policy: 'block',
  reputation: 'block',
  authentication: 'block',
  unknown: 'soft',
} as const

export type BounceClass = keyof typeof groups
export type BounceGroup = (typeof groups)[BounceClass]

/** `hard` → hard_bounce, `soft` → soft_bounce, `block` → spam_bounce; a word of no rule counts as soft. */
export const bounceGroupOf = (word: string): BounceGroup => groups[word as BounceClass] ?? 'soft'

/** All words of one group, for lists behind a report's figure. */
export const bounceWordsOf = (group: BounceGroup): string[] =>
  Object.entries(groups).flatMap(([word, own]) => (own === group ? [word] : []))

type Refusal = { readonly code: number; readonly enhanced: string | null; readonly text: string }

const authenticationText = /\b(spf|dkim|dmarc)\b/i
const reputationText =
  /blacklist|blocklist|block list|black list|\brbl\b|dnsbl|spamhaus|reputation|listed (?:in|at|on|by)/i
const spamText = /\bspam\b|unsolicited|bulk mail|content rejected|junk/i
const fullText = /quota|mailbox (?:is )?full|storage|insufficient space/i
const largeText = /too (?:large|big)|size limit|exceeds.*size/i
const disabledText = /disabled|inactive|suspended|deactivated/i
const unknownUserText =
  /(?:user|recipient|mailbox|account|address).{0,40}(?:unknown|not found|not exist|doesn't exist|no longer|invalid|unavailable)|no such|unknown (?:user|recipient|address)|invalid (?:recipient|mailbox|address)/i
const unknownDomainText =
  /domain.{0,30}(?:not found|not exist|unknown)|nxdomain|host (?:unknown|not found)|null mx/i

const byEnhanced: readonly (readonly [RegExp, BounceClass])[] = [
  [/^5\.1\.(?:1|3|6|10)$/, 'unknown_user'],
  [/^5\.1\.2$/, 'unknown_domain'],
  [/^5\.2\.1$/, 'disabled'],
  [/^[45]\.2\.2$/, 'mailbox_full'],
  [/^5\.(?:2\.3|3\.4)$/, 'too_large'],
  [/^5\.7\.2[0-7]$/, 'authentication'],
]

const byText: readonly (readonly [RegExp, BounceClass])[] = [
  [authenticationText, 'authentication'],
  [reputationText, 'reputation'],
  [spamText, 'spam'],
  [fullText, 'mailbox_full'],
  [largeText, 'too_large'],
  [unknownDomainText, 'unknown_domain'],
  [disabledText, 'disabled'],
  [unknownUserText, 'unknown_user'],
]

/** The class of a definite refusal: its enhanced code first (RFC 3463), then what the text says. */
export const classifyRefusal = ({ enhanced, text }: Refusal): BounceClass => {
  const exact = byEnhanced.find(([pattern]) => enhanced !== null && pattern.test(enhanced))
  if (exact) return exact[1]
  const told = byText.find(([pattern]) => pattern.test(text))
  if (enhanced?.startsWith('5.7.')) {
    const block = told && bounceGroupOf(told[1]) === 'block' ? told[1] : 'policy'
    return block
  }
  if (told) return told[1]
  return enhanced?.startsWith('4.') || enhanced?.startsWith('5.4.') || enhanced?.startsWith('5.3.')
    ? 'server'
    : 'unknown'
}
