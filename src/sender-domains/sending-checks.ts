import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { parseEmail } from '../lib/email-address.ts'
import { findDomainByName } from './queries.ts'
import { listRecords } from './records/queries.ts'
import { isValid } from './state.ts'

/** Codes of the pre-flight (email.md §6) that stand for a record which is not right now. */
export type SendingFault = 'sender_not_authorized' | 'dkim_invalid' | 'dmarc_missing' | 'return_path_invalid'

/** What keeps a campaign from leaving from an address; nothing where every needed record is right. */
export const sendingFaults = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  senderEmail: string,
): Promise<readonly SendingFault[]> => {
  const domain = parseEmail(senderEmail)?.domain
  const row = domain === undefined ? undefined : await findDomainByName(trx, accountId, domain)
  if (!row || row.verified_at === null)
    return ['sender_not_authorized', 'dkim_invalid', 'dmarc_missing', 'return_path_invalid']
  const now = deps.clock.now()
  const records = await listRecords(trx, accountId, row.id)
  const owned = row.state === 'authorized' && isValid(records, 'ownership', now)
  return [
    ...(owned ? [] : (['sender_not_authorized'] as const)),
    ...(isValid(records, 'dkim', now) ? [] : (['dkim_invalid'] as const)),
    ...(isValid(records, 'dmarc', now) ? [] : (['dmarc_missing'] as const)),
    ...(isValid(records, 'return_path', now) ? [] : (['return_path_invalid'] as const)),
  ]
}
