import { byUser } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import type { Challenge } from '../challenges/contract.ts'
import { bindBrowser, challengeClosed, openChallenge, type Proven } from '../challenges/engine.ts'
import { isStrong } from '../mfa/policy.ts'
import { findMfaState } from '../mfa/state.ts'
import { breakGlassMs, findBreakGlassCode, openException, spendBreakGlassCode } from '../network/index.ts'
import { findRights } from '../roles/grants.ts'
import type { Http } from './completion.ts'
import { provePassword } from './password.ts'
import type { FoundPerson } from './person.ts'
import { onTheGrid, recordDenied, signInRefused } from './refusal.ts'

/**
 * The exception for the calling address, in the transaction that consumed the factor: of parallel uses of one code one
 * opens it.
 */
export const openBreakGlass = async (trx: Trx, deps: Deps, proven: Proven, http: Http): Promise<Date> => {
  const { account_id: accountId, user_id: userId, payload } = proven.row
  const codeId = payload['break_glass_code']
  const where = whereOf(http.request)
  if (typeof codeId !== 'string' || where.address === null) throw challengeClosed('browser')
  if (!(await spendBreakGlassCode(trx, { accountId, userId, codeId }))) throw challengeClosed('browser')
  return openException(trx, deps, byUser(accountId, where, { userId, name: null }), {
    accountId,
    userId,
    address: where.address,
    origin: 'break_glass',
    lifeMs: breakGlassMs,
    where: { at: deps.clock.now(), address: where.address, agent: where.agent },
  })
}

/** An owner, one of his codes, and a strong factor to ask for; null when any of it is missing. */
const findWay = (deps: Deps, found: FoundPerson, code: string) => {
  const accountId = found.account.account_id
  const userId = found.user.id
  return inAccount(deps.db, accountId, async (trx) => {
    const rights = await findRights(trx, accountId, userId)
    const codeId = await findBreakGlassCode(trx, { accountId, userId, code })
    const state = await findMfaState(trx, deps, accountId, userId)
    const usable = state?.factors.filter(({ type, state: now }) => now === 'active' && isStrong(type)) ?? []
    const methods = [...new Set(usable.map(({ type }) => type))].sort(
      (a, b) => Number(b === state?.preferred) - Number(a === state?.preferred),
    )
    const [method] = methods
    return rights?.owner && codeId !== null && method ? { codeId, methods, method } : null
  })
}

/**
 * From outside the list: login, password and code open a challenge for a strong factor; only that opens the exception.
 * @throws AppError 401 `sign_in_refused` for every cause.
 */
export const beginBreakGlass = (
  deps: Deps,
  given: { readonly login: string; readonly password: string; readonly break_glass_code: string },
  http: Http,
): Promise<{ status: 'challenge'; challenge: Challenge }> =>
  onTheGrid(async () => {
    const found = await provePassword(deps, given, http, { anyAddress: true })
    const whose = { accountId: found.account.account_id, userId: found.user.id }
    const where = whereOf(http.request)
    const way = await findWay(deps, found, given.break_glass_code)
    if (!way) {
      await recordDenied(deps, { login: found.user.login, ...whose, reason: 'factor', where })
      throw signInRefused()
    }
    const challenge = await openChallenge(deps, {
      ...whose,
      purpose: 'break_glass',
      method: way.method,
      offered: way.methods,
      binding: bindBrowser(http.reply, deps.config),
      payload: { break_glass_code: way.codeId },
      where,
    })
    return { status: 'challenge', challenge }
  })
