import type { Trx } from '../../db/pool.ts'
import { numberOf, toBytes } from '../../lib/addresses/bytes.ts'
import { holds } from '../../lib/addresses/range-set.ts'
import { parseEntry } from './entry.ts'
import { judgeRules } from './list-judgement.ts'
import { countDenial, findVerdict } from './queries.ts'
import type { IpState, Scope } from './rules.ts'
import { readSnapshot } from './snapshot.ts'

export type { Scope } from './rules.ts'

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

const open: Judgement = {
  allowed: true,
  reason: 'open',
  entryId: null,
  exceptionOnly: false,
  onMismatch: 'deny',
}

/**
 * The one address rule engine (security.md §2.2): judges by the list that is in force at this moment, an overdue
 * roll-back included, and counts would-be denials while the policy only reports. One statement unless the state is off.
 */
export const judgeAddress = async (trx: Trx, question: Question): Promise<Judgement> => {
  const value = numberOf(question.address)
  const found = await findVerdict(trx, question, value === null ? null : toBytes(value))
  if (!found) return open
  const verdict = found.previous
    ? { ...found, ...judgeRules(readSnapshot(found.previous), { ...found, scope: question.scope }, value) }
    : found
  if (verdict.state === 'off') return open
  const judged = toJudgement(verdict, found.on_session_mismatch, value)
  if (judged.allowed || verdict.state === 'enforce') return judged
  await countDenial(trx, question)
  return open
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

export type KeyQuestion = {
  readonly accountId: string
  readonly keyId: string
  /** The key's own list in canonical spelling; empty = everywhere. */
  readonly cidrs: readonly string[]
  readonly scope: 'api' | 'smtp'
  readonly address: string | null
}

/** A key or credential: the account's list of that scope and its own list, both (security.md §2.2). */
export const judgeKeyAddress = async (trx: Trx, question: KeyQuestion): Promise<Judgement> => {
  const { accountId, cidrs, scope, address } = question
  const judged = await judgeAddress(trx, { accountId, userId: null, scope, address })
  if (!judged.allowed || cidrs.length === 0) return judged
  const value = numberOf(address)
  // What was accepted when the key was made is read again as it stands: rules of today must not open it.
  const own = cidrs.flatMap((text) => {
    const entry = parseEntry(text, { allowPrivate: true, allowLoopback: true })
    return 'refused' in entry ? [] : [entry]
  })
  return value !== null && holds(own, value)
    ? judged
    : { ...judged, allowed: false, reason: 'no_match', entryId: null }
}
