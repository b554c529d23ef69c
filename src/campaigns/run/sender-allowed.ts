import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { requireSenderAllowed } from '../../senders/index.ts'
import { getRecord } from '../campaign.ts'

/** @throws AppError 403 `permission_denied` where the sender is for others */
export const requireOwnSender = async (trx: Trx, actor: Actor, campaignId: string): Promise<void> => {
  const { sender_email: value, sender_role_ids: roles } = await getRecord(trx, actor.accountId, campaignId)
  if (value) await requireSenderAllowed(trx, actor, { value, allowed_role_ids: roles ?? [] })
}
