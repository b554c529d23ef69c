/** Where and when something happened, as a message tells it; `circumstances` makes it of a request. */
export type Circumstances = {
  readonly at: Date
  /** Null = unresolved. */
  readonly address: string | null
  readonly agent: string
}

/** Every code names its circumstances and lets its reader say "that was not me" (security.md §3.2). */
type Code = Circumstances & { readonly code: string; readonly notMeToken: string }
type Link = { readonly token: string }
type Notice = Partial<Circumstances>
/** Whom a notice to administrators is about: an address, of which the message shows a mask. */
type About = { readonly about?: string }

/**
 * What the system itself writes, and what each message needs (security.md §7). No member takes text of a person or an
 * account: ids, masks, times, addresses and figures only.
 */
export type SystemValues = {
  activation: Link
  invitation: Link
  sign_up_existing: Notice
  sign_in_code: Code
  step_up_code: Code
  enrolment_link: Link & Notice
  enrolment_code: Code
  email_change_confirm: Link & Notice
  email_changed_undo: Link & Notice
  email_taken: Notice
  phone_code: Code
  phone_changed: Notice & { readonly destination?: string }
  password_reset: Link & Notice
  password_changed: Notice
  password_known: Notice
  not_me_done: Notice & About
  new_device: Notice
  blocked_network: Notice
  session_elsewhere: Notice
  session_dropped: Notice
  mfa_changed: Notice & About & { readonly change: 'on' | 'off' | 'changed' | 'reset' | 'policy' }
  /** `token` cancels the reset until `executesAt`. */
  mfa_reset_requested: Link & Notice & About & { readonly executesAt: Date }
  mfa_reset_link: Link & Notice
  recovery_used: Notice & { readonly left: number }
  recovery_low: Notice & { readonly left: number }
  passkey_added: Notice
  passkey_removed: Notice
  role_raised: Notice & About
  /** `prefix` is the public part, `cmp_live_<id 12>`. */
  api_key_created: Notice & { readonly prefix: string }
  api_key_suspending: { readonly prefix: string; readonly until: Date }
  /** Canonical networks; `state` when it changed. */
  ip_list_changed: Notice & {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly state?: 'off' | 'report' | 'enforce'
  }
  ip_rollback: { readonly added: readonly string[]; readonly removed: readonly string[] }
  ip_expiring: { readonly expiresAt: Date }
  break_glass_used: Notice & About & { readonly expiresAt: Date }
  entitlement_withdrawn: Notice & { readonly key: string }
  webhook_disabled: Notice
  sender_confirm: Link
  sender_domain_broken: { readonly domain: string }
  accounting_mismatch: { readonly campaign: string }
  /** Values that the program made for a domain name; one record after the other. */
  sender_domain_records: { readonly domain: string; readonly records: string }
}

export type SystemKind = keyof SystemValues
export type Language = 'en' | 'pl' | 'de'
export type SystemChannel = 'email' | 'sms'
export type Destination = { readonly email: string } | { readonly phone: string }

export type SystemMessage<K extends SystemKind = SystemKind> = {
  readonly [Kind in K]: {
    readonly accountId: string
    readonly userId: string | null
    readonly kind: Kind
    readonly to: Destination
    readonly language: Language
    /** For the times in it; UTC when it is not given. */
    readonly timeZone?: string
    readonly values: SystemValues[Kind]
  }
}[K]

const minutes = 60
const hours = 3_600

/** How long a message is worth delivering; what is late is dropped, for its code or link is dead by then. */
const lifeSeconds: Partial<Record<SystemKind, number>> = {
  activation: 24 * hours,
  enrolment_link: 24 * hours,
  mfa_reset_requested: 24 * hours,
  mfa_reset_link: 24 * hours,
  email_change_confirm: 24 * hours,
  sender_confirm: 48 * hours,
  password_reset: 30 * minutes,
}
const noticeLifeSeconds = 72 * hours

const codeKinds = ['sign_in_code', 'step_up_code', 'enrolment_code', 'phone_code'] as const
export type CodeKind = (typeof codeKinds)[number]
export const isCodeKind = (kind: string): kind is CodeKind => codeKinds.some((known) => known === kind)

export const lifeSecondsOf = (kind: SystemKind, channel: SystemChannel): number =>
  isCodeKind(kind) ? (channel === 'sms' ? 5 : 10) * minutes : (lifeSeconds[kind] ?? noticeLifeSeconds)
