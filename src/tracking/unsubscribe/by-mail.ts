import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import { optOut } from './opt-out.ts'
import { findMailedMessage, findSubscriber } from './queries.ts'

/** The mailto form of unsubscribing, with the scope of the campaign's page; false when nothing changed. */
export const unsubscribeByMail = async (
  trx: Trx,
  deps: Deps,
  message: { readonly accountId: string; readonly messageId: string; readonly runMonth: string },
): Promise<boolean> => {
  const row = await findMailedMessage(trx, message.accountId, message)
  if (!row) return false
  const link = {
    ...message,
    campaignId: row.source_id,
    contactId: row.contact_id,
    revision: row.content_revision,
    position: 0,
    personalTarget: null,
  }
  const subscriber = await findSubscriber(trx, message.accountId, link)
  if (!subscriber) return false
  const changed = await optOut(trx, deps, link, subscriber, { source: 'mailto', ipTrunc: null })
  if (changed) await notify(trx, message.accountId, 'report', row.source_id)
  return changed
}
