import type { Trx } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import type { Challenge } from '../challenges/contract.ts'
import type { Proven } from '../challenges/engine.ts'
import type { Http } from './completion.ts'
import { provePassword } from './password.ts'
import { onTheGrid, recordDenied, signInRefused } from './refusal.ts'

const lifeMs = minutesMs(60)

/** The exception for the calling address, in the transaction that consumed the factor. */
export const openBreakGlass = async (_trx: Trx, deps: Deps, _proven: Proven, _http: Http): Promise<Date> =>
  addMs(deps.clock.now(), lifeMs)

export const beginBreakGlass = (
  deps: Deps,
  given: { readonly login: string; readonly password: string; readonly break_glass_code: string },
  http: Http,
): Promise<{ status: 'challenge'; challenge: Challenge }> =>
  onTheGrid(async () => {
    const found = await provePassword(deps, given, http, { anyAddress: true })
    await recordDenied(deps, {
      login: found.user.login,
      accountId: found.account.account_id,
      userId: found.user.id,
      reason: 'factor',
      where: whereOf(http.request),
    })
    throw signInRefused()
  })
