import { inAccount, type Trx } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { maskEmail, maskPhone } from '../../lib/masking.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { dialogueSeconds } from '../challenges/binding.ts'
import { makeDialogueId } from '../challenges/codes.ts'
import type { FactorMethod } from '../challenges/contract.ts'
import { type Binding, bindBrowser, openChallenge } from '../challenges/engine.ts'
import { lockPerson } from '../challenges/queries.ts'
import { spendCode, waitAfter } from '../challenges/sending.ts'
import { isProven } from '../devices/index.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import type { MfaState } from '../mfa/state.ts'
import type { UserRow } from '../queries.ts'
import type { Http } from '../sign-in/completion.ts'
import {
  dropOldEnrolments,
  insertEnrolment,
  type NewEnrolment,
  type ProofWay,
  setProofChallenge,
} from './queries.ts'

export type EnrolmentView = {
  id: string
  methods: FactorMethod[]
  proof: { via: ProofWay; destination: string | null; alternatives: ProofWay[] }
  expires_at: string
}

const openMax = 3

const waysOf = (state: MfaState, user: UserRow): ProofWay[] => [
  ...(state.mailProof && user.email_verified_at ? ['email_link' as const] : []),
  ...(user.phone ? ['sms_code' as const] : []),
]

export const destinationOf = (via: ProofWay, user: Pick<UserRow, 'email' | 'phone'>): string | null => {
  if (via === 'email_link') return maskEmail(user.email)
  return via === 'sms_code' && user.phone ? maskPhone(user.phone) : null
}

export type ProofPlace = {
  readonly accountId: string
  readonly userId: string
  readonly id: string
  readonly binding: Binding
}

const sendLink = (deps: Deps, place: ProofPlace, http: Http) =>
  inAccount(deps.db, place.accountId, async (trx) => {
    const { accountId, userId } = place
    const person = await lockPerson(trx, accountId, userId)
    if (!person) return
    const token = await makeLink(trx, deps, {
      accountId,
      userId,
      purpose: 'enrolment',
      lifeMs: linkLifeMs.enrolment,
    })
    await sendSystem(trx, deps, {
      accountId,
      userId,
      kind: 'enrolment_link',
      to: { email: person.email },
      language: person.language,
      timeZone: person.time_zone,
      values: { ...circumstances(deps, whereOf(http.request)), token },
    })
  })

const sendCode = async (deps: Deps, place: ProofPlace, http: Http) => {
  const { accountId, userId, id, binding } = place
  const challenge = await openChallenge(deps, {
    accountId,
    userId,
    purpose: 'enrol',
    method: 'sms',
    binding,
    payload: { enrolment: id },
    where: whereOf(http.request),
  })
  await inAccount(deps.db, accountId, (trx) => setProofChallenge(trx, accountId, id, challenge.id))
}

/** @throws AppError 429 `sms_limited`, `rate_limited`, 422 `phone_not_allowed`. */
export const sendProof = async (deps: Deps, via: ProofWay, place: ProofPlace, http: Http): Promise<void> => {
  if (via === 'sms_code') return sendCode(deps, place, http)
  if (via === 'none') return
  await spendCode(deps, place.userId)
  await sendLink(deps, place, http)
}

export type EnrolmentOpening = {
  readonly found: { readonly user: UserRow; readonly account: { readonly account_id: string } }
  readonly state: MfaState
  readonly methods: readonly FactorMethod[]
  readonly next: string | null
}

const write = async (trx: Trx, row: NewEnrolment): Promise<void> => {
  await lockPerson(trx, row.account_id, row.user_id)
  await dropOldEnrolments(trx, row.account_id, row.user_id, openMax - 1)
  await insertEnrolment(trx, row)
}

/** What the send guard refuses at sign-in is no error: the person may ask again later or take another way. */
const trySend = async (deps: Deps, via: ProofWay, place: ProofPlace, http: Http): Promise<void> => {
  try {
    await sendProof(deps, via, place, http)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
  }
}

/** The right password of somebody without a factor opens this, and nothing else (security.md §3.1). */
export const openEnrolment = async (
  deps: Deps,
  { found, state, methods, next }: EnrolmentOpening,
  http: Http,
): Promise<EnrolmentView> => {
  const { user, account } = found
  const whose = { accountId: account.account_id, userId: user.id }
  const now = deps.clock.now()
  const proven = await inAccount(deps.db, whose.accountId, (trx) => isProven(trx, deps, whose, http.request))
  const ways = proven ? [] : waysOf(state, user)
  const via: ProofWay = proven ? 'none' : (ways[0] ?? 'email_link')
  const place = { ...whose, id: makeDialogueId(), binding: bindBrowser(http.reply, deps.config) }
  const expiresAt = addMs(now, dialogueSeconds * 1000)
  await inAccount(deps.db, whose.accountId, (trx) =>
    write(trx, {
      account_id: whose.accountId,
      id: place.id,
      user_id: user.id,
      binding: place.binding.hash,
      methods: [...methods],
      via,
      ways: proven ? ['none'] : ways,
      proof_sends: proven ? 0 : 1,
      resend_after: proven ? null : waitAfter(1, now),
      proven_at: proven ? now : null,
      security_epoch: user.security_epoch,
      next,
      expires_at: expiresAt,
    }),
  )
  if (ways.length > 0) await trySend(deps, via, place, http)
  return {
    id: place.id,
    methods: [...methods],
    proof: {
      via,
      destination: destinationOf(via, user),
      alternatives: ways.filter((way) => way !== via),
    },
    expires_at: expiresAt.toISOString(),
  }
}
