import { byVisitor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { noteSmsVerified } from '../../system-stream/index.ts'
import {
  checkRecoveryCode,
  clearFailures,
  countFailure,
  forgetAttempt,
  noteFactorUse,
  type ProvenCode,
  refuseBackoff,
  spendRecoveryCode,
  verifyPasskey,
  verifyTotp,
} from '../factors/index.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import { type Binding, challengeClosed } from './binding.ts'
import { codeMac, fitsMac, isDialogueId } from './codes.ts'
import type { ChallengePurpose } from './contract.ts'
import { openDestination } from './open.ts'
import { type ParsedProof, type Proof, parseProof } from './proof.ts'
import {
  type ChallengeRow,
  endChallenge,
  findChallengePlace,
  findLiveChallenge,
  lockPerson,
  type Person,
  spendAttempt,
} from './queries.ts'

export type Given = {
  readonly id: string
  readonly binding: Binding | null
  readonly kind: Binding['kind']
  readonly purposes: readonly ChallengePurpose[]
  readonly proof: Proof
  readonly where: Where
  /** Judged in the transaction of the success: the address, whatever else must still hold. False closes the challenge. */
  readonly judge?: (trx: Trx, row: ChallengeRow) => Promise<boolean>
  /** Told of every wrong answer: how many this factor has seen within the hour, and whether the dialogue is now locked. */
  readonly onWrong?: (row: ChallengeRow, failures: number, locked: boolean) => Promise<void>
}

export type Proven = {
  readonly row: ChallengeRow
  readonly person: Person
  /** Set when a recovery code stood in: how many are left. */
  readonly recoveryCodesLeft: number | null
}

const findOpen = async (deps: Deps, given: Given): Promise<ChallengeRow> => {
  const closed = challengeClosed(given.kind)
  const { id, binding } = given
  if (!binding || !isDialogueId(id)) throw closed
  const accountId = await findChallengePlace(deps.db, id)
  if (accountId === null) throw closed
  const row = await inAccount(deps.db, accountId, (trx) =>
    findLiveChallenge(trx, { accountId, id, binding: binding.hash }),
  )
  if (!row || !given.purposes.includes(row.purpose)) throw closed
  return row
}

/** Committed alone, before anything is compared: a crash or any number of parallel requests wins no further try. */
const spend = (deps: Deps, row: ChallengeRow): Promise<ChallengeRow | null> =>
  inAccount(deps.db, row.account_id, (trx) =>
    spendAttempt(trx, { accountId: row.account_id, id: row.id, binding: row.binding }),
  )

const compare = async (trx: Trx, deps: Deps, row: ChallengeRow, proof: ParsedProof): Promise<boolean> => {
  const whose = { accountId: row.account_id, userId: row.user_id }
  if (proof.kind === 'credential') {
    const expectedChallenge = row.passkey_challenge
    if (expectedChallenge === null) return false
    const { credential } = proof
    return (await verifyPasskey(trx, deps, { ...whose, credential, expectedChallenge })) !== null
  }
  if (row.method === 'totp') return verifyTotp(trx, deps, { ...whose, code: proof.code })
  return fitsMac(row.code_mac, codeMac(deps.keys, { id: row.id, purpose: row.purpose, ...whose }, proof.code))
}

/** A code proves a mailbox or number only while it is the person's own; a new number or address is proven on its way in. */
const stillReaches = (deps: Deps, row: ChallengeRow, person: Person, proof: ParsedProof): boolean => {
  if (proof.kind !== 'code') return true
  if (row.purpose === 'phone_change' || row.purpose === 'email_change') return true
  if (row.method !== 'email' && row.method !== 'sms') return true
  return openDestination(deps, row) === (row.method === 'sms' ? person.phone : person.email)
}

const stillHolds = async (trx: Trx, deps: Deps, row: ChallengeRow, person: Person | null, given: Given) =>
  person !== null &&
  mayBeSignedIn(person, deps.clock.now()) &&
  person.security_epoch === row.security_epoch &&
  (given.judge === undefined || (await given.judge(trx, row)))

type Attempt<T> =
  | { readonly outcome: 'right'; readonly result: T }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'closed' }

/** Comparing, consuming and what follows from it are one transaction: of parallel right answers one gets through. */
const attempt = <T>(
  deps: Deps,
  given: Given,
  row: ChallengeRow,
  proof: ParsedProof,
  recoveryCode: ProvenCode | null,
  act: (trx: Trx, proven: Proven) => Promise<T>,
): Promise<Attempt<T>> =>
  inAccount(deps.db, row.account_id, async (trx): Promise<Attempt<T>> => {
    const person = await lockPerson(trx, row.account_id, row.user_id)
    const { account_id: accountId, user_id: userId } = row
    const recovery =
      recoveryCode &&
      (await spendRecoveryCode(trx, deps, { accountId, userId, code: recoveryCode, where: given.where }))
    const right = proof.kind === 'recovery' ? recovery !== null : await compare(trx, deps, row, proof)
    if (!right) return { outcome: 'wrong' }
    await clearFailures(trx, whoseFactor(row, proof))
    const reaches = person !== null && stillReaches(deps, row, person, proof)
    if (!person || !reaches || !(await stillHolds(trx, deps, row, person, given))) {
      await endChallenge(trx, row.account_id, row.id, 'cancelled')
      return { outcome: 'closed' }
    }
    if (!(await endChallenge(trx, row.account_id, row.id, 'consumed'))) return { outcome: 'closed' }
    await noteUse(trx, deps, row, proof)
    return {
      outcome: 'right',
      result: await act(trx, { row, person, recoveryCodesLeft: recovery?.left ?? null }),
    }
  })

const whoseFactor = (row: ChallengeRow, proof: ParsedProof) => ({
  accountId: row.account_id,
  userId: row.user_id,
  factor: proof.kind === 'recovery' ? ('recovery' as const) : row.method,
})

/** The first right code proves a number; who changes a number or binds a factor notes it himself. */
const noteUse = async (trx: Trx, deps: Deps, row: ChallengeRow, proof: ParsedProof): Promise<void> => {
  if (proof.kind !== 'code' || (row.purpose !== 'sign_in' && row.purpose !== 'step_up')) return
  const { account_id: accountId, user_id: userId, method } = row
  await noteFactorUse(trx, { accountId, userId, method, destination: openDestination(deps, row) })
}

const lock = (deps: Deps, row: ChallengeRow, where: Where): Promise<void> =>
  inAccount(deps.db, row.account_id, async (trx) => {
    await endChallenge(trx, row.account_id, row.id, 'locked')
    await record(trx, deps, byVisitor(row.account_id, where, { userId: row.user_id }), {
      action: 'challenge.locked',
      result: 'denied',
      reason: row.purpose,
    })
  })

const refuseWrong = async (
  deps: Deps,
  given: Given,
  row: ChallengeRow,
  proof: ParsedProof,
): Promise<AppError> => {
  const locked = row.attempts_left === 0
  const { failures } = await countFailure(deps, { ...whoseFactor(row, proof), where: given.where })
  if (locked) await lock(deps, row, given.where)
  await given.onWrong?.(row, failures, locked)
  return locked
    ? challengeClosed(given.kind)
    : new AppError('code_wrong', challengeClosed(given.kind).status, '', { attempts_left: row.attempts_left })
}

/**
 * Judges one answer. `act` runs in the transaction that consumes the challenge, so what follows from the right answer
 * (a session, a bound factor, a new number) happens once or not at all.
 * @throws AppError `code_malformed`, `code_wrong`, `challenge_closed`, `factor_backoff`.
 */
export const verifyChallenge = async <T>(
  deps: Deps,
  given: Given,
  act: (trx: Trx, proven: Proven) => Promise<T>,
): Promise<T> => {
  const open = await findOpen(deps, given)
  const proof = parseProof(open, given.proof)
  await refuseBackoff(deps, whoseFactor(open, proof))
  const row = await spend(deps, open)
  if (!row) {
    await inAccount(deps.db, open.account_id, (trx) => forgetAttempt(trx, whoseFactor(open, proof)))
    throw challengeClosed(given.kind)
  }
  const whose = { accountId: row.account_id, userId: row.user_id }
  const recoveryCode =
    proof.kind === 'recovery' ? await checkRecoveryCode(deps, { ...whose, code: proof.code }) : null
  const done = await attempt(deps, given, row, proof, recoveryCode, act)
  if (done.outcome === 'wrong') throw await refuseWrong(deps, given, row, proof)
  if (done.outcome === 'closed') throw challengeClosed(given.kind)
  const phone = row.method === 'sms' ? openDestination(deps, row) : null
  if (phone) await noteSmsVerified(deps, { phone })
  return done.result
}
