import { inAccount } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import type { Challenge } from '../challenges/contract.ts'
import { bindBrowser, openChallenge } from '../challenges/engine.ts'
import type { Session } from '../contract.ts'
import { findTrust, spendTrust } from '../devices/index.ts'
import { type EnrolmentView, openEnrolment } from '../enrolments/opening.ts'
import { findMfaState, type MfaState } from '../mfa/state.ts'
import { completeSignIn, type Http } from './completion.ts'
import { decide } from './decision.ts'
import { provePassword } from './password.ts'
import { type FoundPerson, safeNext } from './person.ts'
import { onTheGrid, signInRefused } from './refusal.ts'

export type SignInResult =
  | { status: 'signed_in'; session: Session; next: string | null }
  | { status: 'challenge'; challenge: Challenge; trusted_device_days?: number }
  | { status: 'enrolment_required'; enrolment: EnrolmentView }

const nameOf = ({ user }: FoundPerson): string => `${user.first_name} ${user.last_name}`

type Step = { readonly found: FoundPerson; readonly state: MfaState; readonly next: string | null }

/** Nothing further is asked, or this browser need not be asked. */
const open = async (
  deps: Deps,
  { found, next }: Step,
  how: { readonly amr: readonly string[]; readonly limited: 'after_reset' | null },
  http: Http,
): Promise<SignInResult> => {
  const { user, account } = found
  const limited = how.limited ?? (user.password_change_required ? ('password_change' as const) : null)
  const done = {
    accountId: account.account_id,
    userId: user.id,
    epoch: user.security_epoch,
    name: nameOf(found),
    amr: how.amr,
    limited,
  }
  const session = await inAccount(deps.db, account.account_id, (trx) => completeSignIn(trx, deps, done, http))
  return { status: 'signed_in', session, next }
}

/** A browser the person trusted within the days the account allows; staff never, for theirs are none. */
const tryTrusted = (deps: Deps, { found, state, next }: Step, http: Http): Promise<SignInResult | null> => {
  const { user, account } = found
  const whose = { accountId: account.account_id, userId: user.id }
  const rule = { epoch: user.security_epoch, days: state.met ? state.trustedDeviceDays : 0 }
  return inAccount(deps.db, account.account_id, async (trx) => {
    const trust = await findTrust(trx, deps, whose, rule, http.request)
    if (!trust || !(await spendTrust(trx, deps, whose.accountId, trust, http))) return null
    const done = {
      ...whose,
      epoch: user.security_epoch,
      name: nameOf(found),
      amr: ['pwd', 'trusted_device'],
      limited: user.password_change_required ? ('password_change' as const) : null,
    }
    return { status: 'signed_in', session: await completeSignIn(trx, deps, done, http), next }
  })
}

const ask = async (
  deps: Deps,
  { found, state, next }: Step,
  decision: Extract<ReturnType<typeof decide>, { step: 'challenge' }>,
  http: Http,
): Promise<SignInResult> => {
  const challenge = await openChallenge(deps, {
    accountId: found.account.account_id,
    userId: found.user.id,
    purpose: 'sign_in',
    method: decision.method,
    offered: decision.offered,
    binding: bindBrowser(http.reply, deps.config),
    payload: { next },
    where: whereOf(http.request),
  })
  const days = state.met ? state.trustedDeviceDays : 0
  return { status: 'challenge', challenge, ...(days > 0 ? { trusted_device_days: days } : {}) }
}

/** Where every first step leads on: in, to a second factor, or to binding one. */
export const goOn = async (
  deps: Deps,
  found: FoundPerson,
  next: string | null,
  http: Http,
): Promise<SignInResult> => {
  const accountId = found.account.account_id
  const state = await inAccount(deps.db, accountId, (trx) =>
    findMfaState(trx, deps, accountId, found.user.id),
  )
  if (!state) throw signInRefused()
  const step = { found, state, next }
  const decision = decide(state, deps.config.loopback && !deps.config.production)
  if (decision.step === 'open') return open(deps, step, { amr: ['pwd'], limited: decision.limited }, http)
  if (decision.step === 'enrol')
    return {
      status: 'enrolment_required',
      enrolment: await openEnrolment(deps, { found, state, methods: decision.methods, next }, http),
    }
  return (await tryTrusted(deps, step, http)) ?? ask(deps, step, decision, http)
}

/**
 * Password sign-in.
 * @throws AppError 401 `sign_in_refused`, 429 `rate_limited`, 503 `busy`, `unavailable`.
 */
export const signInWithPassword = (
  deps: Deps,
  given: { login: string; password: string; next?: string },
  http: Http,
): Promise<SignInResult> =>
  onTheGrid(async () => {
    const found = await provePassword(deps, given, http)
    return goOn(deps, found, safeNext(given.next), http)
  })
