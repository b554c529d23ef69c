import type { Trx } from '../../../db/pool.ts'
import { findKnownOpenRows, type OpenRows, repairSource } from './queries.ts'

/**
 * What is still open in a source. Before "nothing" is answered, the ledger itself is asked, and rows that had fallen out of
 * the queue or of a lease are put back: a run ends only when its rows say so (sending.md §3).
 */
export const findOpenRows = async (trx: Trx, accountId: string, sourceId: string): Promise<OpenRows> => {
  const open = await findKnownOpenRows(trx, accountId, sourceId)
  if (open.to_send || open.handed || open.unresolved) return open
  const repaired = await repairSource(trx, accountId, sourceId)
  return repaired > 0 ? findKnownOpenRows(trx, accountId, sourceId) : open
}
