import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { type SendingFault, sendingFaults } from '../../sender-domains/index.ts'
import type { CampaignRecord } from '../queries.ts'

export const faultsOf = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  { sender_email: email }: Pick<CampaignRecord, 'sender_email'>,
): Promise<readonly SendingFault[]> => (email ? sendingFaults(trx, deps, accountId, email) : [])
