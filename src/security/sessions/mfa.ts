import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { Session } from '../contract.ts'
import { findMfaState } from '../mfa/state.ts'
import type { SessionRow } from './queries.ts'

/** What the console says about the second factor of this person. */
export const describeMfa = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  row: SessionRow,
): Promise<Session['mfa']> => {
  const state = await findMfaState(trx, deps, accountId, row.user_id)
  return {
    required: state?.required ?? false,
    setting: row.mfa_setting,
    entitled: state?.entitled ?? false,
  }
}
