import { type Db, inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { deleteThrottles, forgetOldFailures } from './queries.ts'

export { isSprayed, noteWrongPassword } from './spray.ts'
export {
  refundSignIn,
  refundSignInLogin,
  refundVerify,
  spendAddress,
  spendSignIn,
  spendVerify,
  type Try,
} from './throttle.ts'

/** Test support: delays and spray blocks begin anew. */
export const resetThrottles = (db: Db): Promise<void> => inAccount(db, instanceAccountId, deleteThrottles)

/** Part of the sweep. */
export const clearThrottles = ({ db }: Deps): Promise<void> =>
  inAccount(db, instanceAccountId, forgetOldFailures)
