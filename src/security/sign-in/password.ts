import { inAccount } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { findMfaState, type MfaState } from '../mfa/state.ts'
import { judgeAddress } from '../network/index.ts'
import { rehashIfOld } from '../passwords/index.ts'
import { fitsSealedPassword } from '../passwords/sealed-password.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import {
  noteWrongPassword,
  refundSignIn,
  refundSignInLogin,
  spendSignIn,
  type Try,
} from '../throttles/index.ts'
import { noteBlockedNetwork } from './blocked-network.ts'
import type { Http } from './completion.ts'
import { canonicalLogin, type FoundPerson, findByLogin } from './person.ts'
import { type DenialReason, recordDenied, signInRefused } from './refusal.ts'

const spend = async (
  deps: Deps,
  tried: Try,
  password: string,
  found: FoundPerson | null,
  http: Http,
): Promise<{ readonly sprayed: boolean }> => {
  try {
    return await spendSignIn(deps, tried, password)
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited')
      await recordDenied(deps, {
        ...whoIs(tried.login, found),
        reason: 'throttled',
        where: whereOf(http.request),
      })
    throw error
  }
}

const whoIs = (login: string, found: FoundPerson | null) => ({
  login,
  ...(found ? { accountId: found.account.account_id, userId: found.user.id } : {}),
})

/** Whether the person may enter from here, and what is asked of him then; judged in one moment. */
const judge = (deps: Deps, { user, account }: FoundPerson, address: string | null, anyAddress: boolean) =>
  inAccount(deps.db, account.account_id, async (trx) => {
    const question = { accountId: account.account_id, userId: user.id, scope: 'panel' as const, address }
    if (!anyAddress && !(await judgeAddress(trx, question)).allowed) return null
    return findMfaState(trx, deps, account.account_id, user.id)
  })

export type Proven = { readonly found: FoundPerson; readonly state: MfaState }

export type PasswordGiven = { readonly login: string; readonly password: string }

/**
 * Login and password, in the order that tells nothing: counters, the spray detector, one hash in every case, state of
 * the user, address. `anyAddress` is for break-glass, whose point is to be outside.
 * @throws AppError 401 `sign_in_refused` for every cause, 429 `rate_limited`, 503 `busy`, `unavailable`.
 */
export const provePassword = async (
  deps: Deps,
  given: PasswordGiven,
  http: Http,
  options: { readonly anyAddress?: boolean } = {},
): Promise<Proven> => {
  const login = canonicalLogin(given.login)
  const address = clientAddress(http.request)
  const where = whereOf(http.request)
  const found = await findByLogin(deps, login, http.request)
  const tried: Try = { login, address, device: found?.device ?? null }
  const { sprayed } = await spend(deps, tried, given.password, found, http)
  const deny = async (reason: DenialReason) => {
    await recordDenied(deps, { ...whoIs(login, found), reason, where })
    return signInRefused()
  }
  if (sprayed) throw await deny('throttled')
  const fits = await fitsSealedPassword(
    deps.keys,
    found?.user.id ?? '',
    found?.user.password_sealed ?? null,
    given.password,
  )
  if (!found || !fits) {
    await noteWrongPassword(deps, login, given.password)
    throw await deny('password')
  }
  if (!mayBeSignedIn(found.user, deps.clock.now())) throw await deny('disabled')
  const state = await judge(deps, found, address, options.anyAddress ?? false)
  if (!state) {
    await refundSignInLogin(deps, tried)
    await noteBlockedNetwork(deps, { accountId: found.account.account_id, userId: found.user.id }, where)
    throw signInRefused()
  }
  await refundSignIn(deps, tried)
  const { id: userId, password_sealed: sealed } = found.user
  await rehashIfOld(deps, { accountId: found.account.account_id, userId, sealed }, given.password)
  return { found, state }
}
