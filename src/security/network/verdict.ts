import type { IpState, Scope } from './rules.ts'

export type Reason = 'open' | 'entry' | 'personal' | 'exception' | 'no_match' | 'role_list' | 'unresolved'

export type Judgement = {
  readonly allowed: boolean
  readonly reason: Reason
  readonly entryId: string | null
  /** Let in by a live exception alone: security pages only (security.md §2.6). */
  readonly exceptionOnly: boolean
  /** What becomes of an open session outside the list. */
  readonly onMismatch: 'deny' | 'revoke'
}

export type Question = {
  readonly accountId: string
  /** Null where no user is asked about: a key, a credential. */
  readonly userId: string | null
  readonly scope: Scope
  /** Null = unresolved. */
  readonly address: string | null
}

export type Verdict = {
  readonly state: IpState
  /** Whether an entry without target exists for the scope, live or expired. */
  readonly closed: boolean
  readonly entry_id: string | null
  readonly personal_id: string | null
  /** Roles of the user that have a list, and how many of them hold the address. */
  readonly role_lists: number
  readonly role_matches: number
  readonly exception: boolean
}

/** allowed = (open or account entry or personal entry) and every role list, or a live exception. */
export const toJudgement = (
  verdict: Omit<Verdict, 'state'>,
  onMismatch: 'deny' | 'revoke',
  value: bigint | null,
): Judgement => {
  const { closed, entry_id, personal_id, role_lists, role_matches, exception } = verdict
  const judged = (allowed: boolean, reason: Reason, entryId: string | null = null): Judgement => ({
    allowed,
    reason,
    entryId,
    exceptionOnly: reason === 'exception',
    onMismatch,
  })
  const pass1 = !closed || entry_id !== null || personal_id !== null
  const pass2 = role_matches === role_lists
  if (value === null && (closed || role_lists > 0)) return judged(false, 'unresolved')
  if (pass1 && pass2) {
    if (entry_id) return judged(true, 'entry', entry_id)
    return personal_id && closed ? judged(true, 'personal', personal_id) : judged(true, 'open')
  }
  if (exception) return judged(true, 'exception')
  return pass1 ? judged(false, 'role_list') : judged(false, 'no_match')
}
