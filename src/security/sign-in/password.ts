import { inAccount } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { knownDevice } from '../devices/index.ts'
import { judgeAddress } from '../network/index.ts'
import { rehashIfOld } from '../passwords/index.ts'
import { fitsSealedPassword } from '../passwords/sealed-password.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import {
  isSprayed,
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

const findDevice = (deps: Deps, found: FoundPerson | null, http: Http) =>
  found
    ? inAccount(deps.db, found.account.account_id, (trx) =>
        knownDevice(trx, deps, { accountId: found.account.account_id, userId: found.user.id }, http.request),
      )
    : Promise.resolve(null)

const spend = async (deps: Deps, tried: Try, found: FoundPerson | null, http: Http): Promise<void> => {
  try {
    await spendSignIn(deps, tried)
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

const judge = (deps: Deps, found: FoundPerson, address: string | null) =>
  inAccount(deps.db, found.account.account_id, (trx) =>
    judgeAddress(trx, {
      accountId: found.account.account_id,
      userId: found.user.id,
      scope: 'panel',
      address,
    }),
  )

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
): Promise<FoundPerson> => {
  const login = canonicalLogin(given.login)
  const address = clientAddress(http.request)
  const where = whereOf(http.request)
  const found = await findByLogin(deps, login)
  const tried: Try = { login, address, device: await findDevice(deps, found, http) }
  await spend(deps, tried, found, http)
  const deny = async (reason: DenialReason) => {
    await recordDenied(deps, { ...whoIs(login, found), reason, where })
    return signInRefused()
  }
  if (await isSprayed(deps, given.password)) throw await deny('throttled')
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
  if (!options.anyAddress && !(await judge(deps, found, address)).allowed) {
    await refundSignInLogin(deps, tried)
    await noteBlockedNetwork(deps, { accountId: found.account.account_id, userId: found.user.id }, where)
    throw signInRefused()
  }
  await refundSignIn(deps, tried)
  const { id: userId, password_sealed: sealed } = found.user
  await rehashIfOld(deps, { accountId: found.account.account_id, userId, sealed }, given.password)
  return found
}
