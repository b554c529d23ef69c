import { recordUnsubscribe, suppressBounced } from '../../contacts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import { flagMessage, insertMessageEvents, lockMessages, type StandingMessage } from '../../messages/index.ts'
import { emitEvents } from '../../webhooks/index.ts'
import { addressHasher } from './address.ts'
import { type Outcome, tellReports } from './bounces.ts'
import { commonMembers } from './news.ts'

export type ToldComplaint = {
  readonly messageId: string
  /** `abuse`, or what the receiver calls it. */
  readonly type: string
  readonly origin: 'mail' | 'webhook' | 'simulator'
  readonly rawRef: string | null
}

const eventOf = (message: StandingMessage, told: ToldComplaint) => ({
  message_id: message.message_id,
  source_id: message.source_id,
  contact_id: message.contact_id,
  kind: 'complained',
  raw_ref: told.rawRef,
  detail: { source: told.origin, text: told.type },
})

/** Out of all campaigns, for good: only the person comes back (email.md §11.1, contacts.md §6). */
const leaveAlone = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  message: StandingMessage,
  told: ToldComplaint,
): Promise<void> => {
  const { contact_id: contactId, address } = message
  if (contactId !== null) {
    await recordUnsubscribe(trx, {
      accountId,
      contactId,
      channel: 'email',
      scope: { kind: 'all' },
      source: 'complaint',
      campaignId: message.source_kind === 'campaign' ? message.source_id : null,
      reason: told.type,
    })
    await notify(trx, accountId, 'contact', contactId)
  }
  const hash = (await addressHasher(trx, deps, accountId))(address)
  if (hash === null || address === null) return
  const entry = { address, hash, messageId: message.message_id, answer: told.type, months: null }
  await suppressBounced(trx, accountId, [{ ...entry, reason: 'complained' }])
}

/** A complaint about a message, once. */
export const applyComplaint = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  told: ToldComplaint,
): Promise<Outcome> => {
  const [message] = await lockMessages(trx, accountId, [told.messageId])
  if (!message) return 'unknown'
  const place = { messageId: message.message_id, runMonth: message.run_month }
  if (!(await flagMessage(trx, accountId, place, 'complained'))) return 'repeated'
  await insertMessageEvents(trx, accountId, [eventOf(message, told)])
  if (message.source_kind === 'test') return 'applied'
  await leaveAlone(trx, deps, accountId, message, told)
  const common = commonMembers({
    messageId: message.message_id,
    sourceId: message.source_id,
    sourceKind: message.source_kind,
    contactId: message.contact_id,
    address: message.address,
  })
  await emitEvents(trx, accountId, [
    {
      type: 'email.complained',
      data: { ...common, status_description: 'FEEDBACK', source: told.origin, scope: 'all' },
    },
  ])
  await tellReports(trx, accountId, [message.source_id])
  return 'applied'
}
