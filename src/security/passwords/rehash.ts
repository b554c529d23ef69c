import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { replaceSealed } from './queries.ts'
import { isOutdatedSealed, makeSealedPassword } from './sealed-password.ts'

/** After a right password: a hash made with older parameters is made anew (security.md §4.2). */
export const rehashIfOld = async (
  deps: Deps,
  whose: { readonly accountId: string; readonly userId: string; readonly sealed: Buffer | null },
  password: string,
): Promise<void> => {
  const { accountId, userId, sealed } = whose
  if (sealed === null || !isOutdatedSealed(deps.keys, userId, sealed)) return
  const made = await makeSealedPassword(deps.keys, userId, password)
  await inAccount(deps.db, accountId, (trx) =>
    replaceSealed(trx, accountId, userId, { old: sealed, new: made }),
  )
}
