import type { Trx } from '../db/pool.ts'
import { findDomainRow } from './queries.ts'

export const readDomainName = async (trx: Trx, accountId: string, id: string): Promise<string | null> =>
  (await findDomainRow(trx, accountId, id))?.domain ?? null
