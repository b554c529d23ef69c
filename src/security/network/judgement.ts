import type { Trx } from '../../db/pool.ts'
import { numberOf, toBytes } from '../../lib/addresses/bytes.ts'
import { holds } from '../../lib/addresses/range-set.ts'
import { parseEntry } from './entry.ts'
import { judgeRules } from './list-judgement.ts'
import { countDenial, findVerdict } from './queries.ts'
import { readSnapshot } from './snapshot.ts'
import { type Judgement, type Question, toJudgement } from './verdict.ts'

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
