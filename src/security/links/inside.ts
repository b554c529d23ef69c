import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import { judgeAddress } from '../network/index.ts'
import { linkRefused } from './link.ts'

/**
 * The page behind a link is shown everywhere, what it does only inside the list of addresses (security.md §2.5).
 * @throws AppError 400 `link_refused`, like everything that is wrong with a link.
 */
export const requireInside = async (
  trx: Trx,
  whose: { readonly accountId: string; readonly userId: string },
  where: Where,
): Promise<void> => {
  const judged = await judgeAddress(trx, { ...whose, scope: 'panel', address: where.address })
  if (!judged.allowed) throw linkRefused()
}
