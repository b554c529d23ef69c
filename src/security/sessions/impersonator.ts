import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findRights } from '../roles/grants.ts'
import { findStaffSession } from './queries.ts'

type Impersonated = {
  readonly impersonator_user_id: string | null
  readonly impersonator_session_id: string | null
}

/**
 * Staff inside a customer's account stand on their own session: once it is ended, outdated by a raised epoch, or the
 * right to enter is gone, the next request of the borrowed one is refused too.
 */
export const isImpersonatorLive = async (deps: Deps, session: Impersonated): Promise<boolean> => {
  const { impersonator_user_id: staffId, impersonator_session_id: sessionId } = session
  if (staffId === null) return true
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    const own = sessionId === null ? undefined : await findStaffSession(trx, instanceAccountId, sessionId)
    const rights = own ? await findRights(trx, instanceAccountId, staffId) : null
    const current = own !== undefined && own.session_epoch === own.user_epoch && own.user_id === staffId
    return current && rights?.maySignIn === true && rights.permissions.has('operator.support.enter')
  })
}
