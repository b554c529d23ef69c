import { recordUnsubscribe, type UnsubscribeScope, undoUnsubscribe } from '../../contacts/index.ts'
import type { LinkToken } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { markUnsubscribed, type Subscriber, unmarkUnsubscribed } from './queries.ts'

/** Version of the words in texts.ts, kept with the consent entry. */
const wording = 'unsubscribe-page-1'

/** A campaign without topic acts as "all campaigns" (email.md §10.1). */
const scopeOf = (subscriber: Subscriber): UnsubscribeScope =>
  subscriber.topic_id ? { kind: 'topic', topicId: subscriber.topic_id } : { kind: 'all' }

export type Caller = { readonly source: 'one_click' | 'page' | 'mailto'; readonly ipTrunc: string | null }

const actOf = (link: LinkToken, subscriber: Subscriber, contactId: string, caller: Caller) => ({
  accountId: link.accountId,
  contactId,
  channel: 'email' as const,
  scope: scopeOf(subscriber),
  source: caller.source,
  campaignId: link.campaignId,
  addressIpTrunc: caller.ipTrunc,
  wording: caller.source === 'page' ? wording : null,
})

/** Unsubscribes at once; a second time, a test message or a contact that is gone changes nothing. */
export const optOut = async (
  trx: Trx,
  deps: Deps,
  link: LinkToken,
  subscriber: Subscriber,
  caller: Caller,
): Promise<boolean> => {
  const { contact_id } = subscriber
  if (subscriber.is_test || contact_id === null) return false
  const now = deps.clock.now()
  if (!(await recordUnsubscribe(trx, actOf(link, subscriber, contact_id, caller)))) return false
  const event = { id: uuidV7(now), source: caller.source }
  await markUnsubscribed(trx, link.accountId, { ...link, contactId: contact_id }, event)
  await notify(trx, link.accountId, 'contact', contact_id)
  return true
}

/** Takes back what this link's page did. */
export const undoOptOut = async (
  trx: Trx,
  deps: Deps,
  link: LinkToken,
  subscriber: Subscriber,
  caller: Caller,
): Promise<boolean> => {
  const { contact_id } = subscriber
  if (subscriber.is_test || contact_id === null) return false
  if (!(await undoUnsubscribe(trx, actOf(link, subscriber, contact_id, caller)))) return false
  await unmarkUnsubscribed(trx, link.accountId, { ...link, contactId: contact_id }, uuidV7(deps.clock.now()))
  await notify(trx, link.accountId, 'contact', contact_id)
  return true
}
