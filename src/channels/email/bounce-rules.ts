import type { BounceClass } from './bounce-classes.ts'

/** Each part may be null: anything. `*` in a code stands for any characters. */
export type ShippedRule = {
  readonly id: string
  readonly code: string | null
  readonly text: RegExp | null
  readonly class: BounceClass
}

const authentication =
  /\b(?:spf|dkim|dmarc)\b|sender (?:id|policy framework)|unauthenticated (?:e-?mail|sender)/i
const reputation =
  /black ?-?list|block ?-?list|\brbl\b|dnsbl|spamhaus|spamcop|barracuda|reputation|(?<!not )listed (?:in|at|on|by)|poor ip|banned sending ip|sorbs/i
const spam =
  /\bspam\b|unsolicited|bulk mail|content (?:rejected|filter)|junk|message (?:content )?rejected as/i
const full =
  /quota|mailbox.{0,15}\bfull\b|over ?quota|storage (?:allocation|limit|space)|insufficient (?:system |disk )?(?:space|storage)|postfach.{0,20}voll|skrzynka.{0,25}(?:pełna|przepełniona)/i
const large = /too (?:large|big)|size limit|exceeds.{0,40}size|message size/i
const greylisted = /gr[ae]y-?list|try again (?:later|in)|temporarily deferred|come back later/i
const disabled =
  /(?:account|mailbox|user|recipient|address|konto|skrzynka).{0,40}(?:disabled|inactive|suspended|deactivated|blocked by admin|locked|gesperrt|zablokowan|nieaktywn)|disabled (?:account|mailbox|user)/i
const unknownUser =
  /(?:user|recipient|mailbox|account|address|addressee|mail-?box|empfänger|użytkownik|odbiorca|adresat).{0,60}(?:unknown|not found|not exist|doesn['’]t exist|doesn['’]t have|no longer|invalid|unavailable|not listed|does not have|unbekannt|existiert nicht|nie istnieje|nieznany)|no such|no mailbox|unknown (?:or illegal )?(?:user|recipient|address|alias|local)|invalid (?:recipient|mailbox|address)|not a (?:valid|known) (?:user|mailbox|recipient)|unrouteable address|not our customer|isn['’]t a (?:valid|known)/i
const unknownDomain =
  /domain.{0,40}(?:not found|not exist|doesn['’]t exist|unknown|no valid)|nxdomain|host (?:or domain name )?(?:unknown|not found)|name or service not known|null ?mx|does not accept (?:e-?)?mail|doesn['’]t accept (?:e-?)?mail|all relevant mx records point to non-existent/i
const timeout = /timed? ?out|delivery time expired|retry time not reached|could not be delivered for|too old/i

/**
 * What is shipped (email.md §11.1). The first that fits decides: exact codes of RFC 3463 and 7505, then what the words say
 * within the meaning of the code's class: a temporary code never makes an address unknown, and 5.7 is about us.
 */
export const shippedRules: readonly ShippedRule[] = [
  { id: 'user-5.1.1', code: '5.1.1', text: null, class: 'unknown_user' },
  { id: 'domain-5.1.2', code: '5.1.2', text: null, class: 'unknown_domain' },
  { id: 'user-5.1.3', code: '5.1.3', text: null, class: 'unknown_user' },
  { id: 'user-5.1.6', code: '5.1.6', text: null, class: 'unknown_user' },
  { id: 'null-mx', code: '5.1.10', text: unknownDomain, class: 'unknown_domain' },
  { id: 'user-5.1.10', code: '5.1.10', text: null, class: 'unknown_user' },
  { id: 'disabled-5.2.1', code: '5.2.1', text: null, class: 'disabled' },
  { id: 'full-4.2.2', code: '4.2.2', text: null, class: 'mailbox_full' },
  { id: 'full-5.2.2', code: '5.2.2', text: null, class: 'mailbox_full' },
  { id: 'large-5.2.3', code: '5.2.3', text: null, class: 'too_large' },
  { id: 'large-5.3.4', code: '5.3.4', text: null, class: 'too_large' },
  ...[20, 21, 22, 23, 24, 25, 26, 27].map((detail) => ({
    id: `authentication-5.7.${detail}`,
    code: `5.7.${detail}`,
    text: null,
    class: 'authentication' as const,
  })),
  { id: 'authentication-5.7', code: '5.7.*', text: authentication, class: 'authentication' },
  { id: 'reputation-5.7', code: '5.7.*', text: reputation, class: 'reputation' },
  { id: 'spam-5.7', code: '5.7.*', text: spam, class: 'spam' },
  { id: 'policy-5.7', code: '5.7.*', text: null, class: 'policy' },
  { id: 'sender-5.1.7', code: '5.1.7', text: null, class: 'policy' },
  { id: 'sender-5.1.8', code: '5.1.8', text: null, class: 'policy' },
  { id: 'authentication-4.7', code: '4.7.*', text: authentication, class: 'authentication' },
  { id: 'reputation-4.7', code: '4.7.*', text: reputation, class: 'reputation' },
  { id: 'greylist-4', code: '4*', text: greylisted, class: 'greylist' },
  { id: 'full-4', code: '4*', text: full, class: 'mailbox_full' },
  { id: 'timeout-4.4', code: '4.4.*', text: null, class: 'timeout' },
  { id: 'timeout-4', code: '4*', text: timeout, class: 'timeout' },
  { id: 'server-4', code: '4*', text: null, class: 'server' },
  { id: 'authentication-text', code: null, text: authentication, class: 'authentication' },
  { id: 'reputation-text', code: null, text: reputation, class: 'reputation' },
  { id: 'spam-text', code: null, text: spam, class: 'spam' },
  { id: 'full-text', code: null, text: full, class: 'mailbox_full' },
  { id: 'large-text', code: null, text: large, class: 'too_large' },
  { id: 'domain-text', code: null, text: unknownDomain, class: 'unknown_domain' },
  { id: 'disabled-text', code: null, text: disabled, class: 'disabled' },
  { id: 'user-text', code: null, text: unknownUser, class: 'unknown_user' },
  { id: 'timeout-text', code: null, text: timeout, class: 'timeout' },
  { id: 'server-5.3', code: '5.3.*', text: null, class: 'server' },
  { id: 'server-5.4', code: '5.4.*', text: null, class: 'server' },
]

type Refusal = { readonly code: number; readonly enhanced: string | null; readonly text: string }

/** `*` stands for any characters; one pass from left to right, so that no pattern can take long. */
export const matchesWildcard = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

export type Classified = { readonly class: BounceClass; readonly ruleId: string | null }

/** The shipped rule for an answer; `code` is its enhanced code (RFC 3463), else the three digits. */
export const findShippedRule = (code: string, text: string): Classified => {
  const rule = shippedRules.find(
    (each) =>
      (each.code === null || matchesWildcard(each.code, code)) &&
      (each.text === null || each.text.test(text)),
  )
  return rule ? { class: rule.class, ruleId: rule.id } : { class: 'unknown', ruleId: null }
}

/** The class of a definite refusal: its enhanced code first, then what the text says. */
export const classifyRefusal = ({ code, enhanced, text }: Refusal): BounceClass =>
  findShippedRule(enhanced ?? (code > 0 ? String(code) : ''), text).class
