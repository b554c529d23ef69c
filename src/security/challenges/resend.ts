import { inAccount } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict } from '../../http/errors.ts'
import { type Binding, challengeClosed } from './binding.ts'
import { isDialogueId } from './codes.ts'
import type { Challenge, ChallengePurpose, FactorMethod } from './contract.ts'
import { findDestination, type Opening, openDestination, permitFor, writeChallenge } from './open.ts'
import {
  type ChallengeRow,
  cancelDialogue,
  findChallengePlace,
  findMethodWait,
  findResendable,
  supersedeChallenge,
} from './queries.ts'
import { sendsMax } from './sending.ts'
import { isSent } from './view.ts'

export type Dialogue = {
  readonly id: string
  /** Null: no cookie came along. */
  readonly binding: Binding | null
  readonly purposes: readonly ChallengePurpose[]
  readonly where: Pick<Where, 'address' | 'agent'>
}

type Found = { readonly row: ChallengeRow; readonly wait: Date | null; readonly binding: Binding }

/** The open challenge of this browser or session, and when `method` may send again. */
const find = async (deps: Deps, dialogue: Dialogue, kind: Binding['kind'], method?: FactorMethod) => {
  const { id, binding } = dialogue
  const closed = challengeClosed(kind)
  if (!binding || !isDialogueId(id)) throw closed
  const accountId = await findChallengePlace(deps.db, id)
  if (accountId === null) throw closed
  return inAccount(deps.db, accountId, async (trx): Promise<Found> => {
    const row = await findResendable(trx, { accountId, id, binding: binding.hash })
    if (!row || !dialogue.purposes.includes(row.purpose)) throw closed
    return { row, wait: await findMethodWait(trx, row, method ?? row.method), binding }
  })
}

const refuseHaste = (deps: Deps, found: Found, exhausted: () => AppError): void => {
  if (found.row.sends >= sendsMax) throw exhausted()
  const waitMs = (found.wait?.getTime() ?? 0) - deps.clock.now().getTime()
  if (waitMs > 0)
    throw new AppError('resend_wait', 429, '', {}, { 'retry-after': String(Math.ceil(waitMs / 1000)) })
}

/** Puts a new challenge in the place of an open one; of parallel callers one succeeds, the others find it closed. */
const replace = async (
  deps: Deps,
  { row, binding }: Found,
  opening: Opening,
  destination: string | null,
): Promise<Challenge> => {
  const permit = await permitFor(deps, opening, destination)
  return inAccount(deps.db, row.account_id, async (trx) => {
    const old = await supersedeChallenge(trx, {
      accountId: row.account_id,
      id: row.id,
      binding: binding.hash,
    })
    if (!old) throw challengeClosed(binding.kind)
    return writeChallenge(trx, deps, opening, { carried: old, destination, permit })
  })
}

const openingOf = (found: Found, method: FactorMethod, dialogue: Dialogue): Opening => ({
  accountId: found.row.account_id,
  userId: found.row.user_id,
  purpose: found.row.purpose,
  method,
  binding: found.binding,
  offered: found.row.offered,
  payload: found.row.payload,
  where: dialogue.where,
})

/**
 * A new code to the same place; the old one is dead, the attempts are carried over.
 * @throws AppError `challenge_closed`, 409 `not_resendable`, 429 `resend_wait`, `sms_limited`.
 */
export const resendChallenge = async (
  deps: Deps,
  kind: Binding['kind'],
  dialogue: Dialogue,
): Promise<Challenge> => {
  const found = await find(deps, dialogue, kind)
  if (!isSent(found.row.method)) throw conflict('not_resendable')
  refuseHaste(deps, found, () => conflict('not_resendable', 'No more codes can be sent here.'))
  const destination = openDestination(deps, found.row)
  return replace(deps, found, openingOf(found, found.row.method, dialogue), destination)
}

/**
 * Another of the offered methods; the attempts are carried over.
 * @throws AppError `challenge_closed`, 409 `method_not_offered`, 429 `resend_wait`, `sms_limited`.
 */
export const switchMethod = async (
  deps: Deps,
  kind: Binding['kind'],
  dialogue: Dialogue,
  method: string,
): Promise<Challenge> => {
  const found = await find(deps, dialogue, kind, method as FactorMethod)
  const wanted = found.row.offered.find((offered) => offered === method && offered !== found.row.method)
  if (!wanted || wanted === 'recovery') throw conflict('method_not_offered')
  if (isSent(wanted)) {
    const rest = found.row.transaction_until.getTime() - deps.clock.now().getTime()
    const retryAfter = { 'retry-after': String(Math.max(1, Math.ceil(rest / 1000))) }
    refuseHaste(deps, found, () => new AppError('resend_wait', 429, '', {}, retryAfter))
  }
  const destination = await findDestination(deps, found.row.account_id, found.row.user_id, wanted)
  return replace(deps, found, openingOf(found, wanted, dialogue), destination)
}

/** Gives the dialogue up; whatever is not one's own or already over stays as it is. */
export const cancelChallenge = async (deps: Deps, id: string, binding: Binding | null): Promise<void> => {
  if (!binding || !isDialogueId(id)) return
  const accountId = await findChallengePlace(deps.db, id)
  if (accountId === null) return
  await inAccount(deps.db, accountId, (trx) => cancelDialogue(trx, { accountId, id, binding: binding.hash }))
}
