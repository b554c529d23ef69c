import type { Trx } from '../../db/pool.ts'
import type { Channel } from '../shapes/contract.ts'
import {
  type ChannelRow,
  deriveConsent,
  findOpenUnsubscribe,
  insertLedgerEntry,
  lockChannel,
  updateChannel,
} from './queries.ts'

export type UnsubscribeScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'topic'; readonly topicId: string }
  | { readonly kind: 'group'; readonly groupId: string }

export type UnsubscribeSource = 'one_click' | 'page' | 'mailto' | 'reply' | 'complaint' | 'api' | 'console'

export type Unsubscribe = {
  readonly accountId: string
  readonly contactId: string
  readonly channel: Channel
  readonly scope: UnsubscribeScope
  readonly source: UnsubscribeSource
  readonly campaignId?: string | null
  /** Address of the caller, cut to its network. */
  readonly addressIpTrunc?: string | null
  /** The words the person saw, or their version. */
  readonly wording?: string | null
  readonly reason?: string | null
  readonly actor?: Readonly<Record<string, unknown>>
}

/** An own purpose keeps the ledger of a topic apart from that of all marketing. */
const purposeOf = (scope: UnsubscribeScope): string => {
  switch (scope.kind) {
    case 'all':
      return 'marketing'
    case 'topic':
      return `topic:${scope.topicId}`
    case 'group':
      return `group:${scope.groupId}`
  }
}
const topicOf = (scope: Exclude<UnsubscribeScope, { kind: 'all' }>): string =>
  scope.kind === 'topic' ? scope.topicId : scope.groupId

const stands = (row: ChannelRow, scope: UnsubscribeScope): boolean =>
  scope.kind === 'all'
    ? row.unsubscribed_at !== null
    : row.unsubscribed_topics.includes(topicOf(scope).toLowerCase())

const marketing = (values: unknown): string | undefined => (values as Record<string, string>)['marketing']

const proofOf = (act: Unsubscribe, row: ChannelRow): Record<string, unknown> => ({
  act: 'unsubscribe',
  scope: act.scope,
  campaign_id: act.campaignId ?? null,
  address: act.addressIpTrunc ?? null,
  wording: act.wording ?? null,
  reason: act.reason ?? null,
  previous: { state: marketing(row.consent) ?? 'unknown', basis: marketing(row.basis) ?? 'unknown' },
})

/** Writes the unsubscribe and its ledger entry; a second one of the same scope changes nothing and answers false. */
export const recordUnsubscribe = async (trx: Trx, act: Unsubscribe): Promise<boolean> => {
  const { accountId, contactId, channel, scope } = act
  const row = await lockChannel(trx, accountId, contactId, channel)
  if (stands(row, scope)) return false
  await updateChannel(trx, accountId, contactId, channel, {
    ...(scope.kind === 'all'
      ? { unsubscribed_at: 'now' as const }
      : { unsubscribed_topics: [...row.unsubscribed_topics, topicOf(scope)] }),
    unsubscribe_source: act.source,
    unsubscribe_reason: act.reason ?? null,
  })
  const purpose = purposeOf(scope)
  await insertLedgerEntry(trx, accountId, {
    contactId,
    channel,
    purpose,
    state: 'withdrawn',
    basis: 'unknown',
    source: act.source,
    proof: proofOf(act, row),
    actor: act.actor ?? {},
  })
  if (scope.kind === 'all') await deriveConsent(trx, accountId, contactId, channel, purpose)
  return true
}

type Previous = {
  state: 'granted' | 'withdrawn' | 'unknown' | 'expired'
  basis: 'consent' | 'legitimate_interest' | 'unknown'
}
const previousOf = (proof: unknown): Previous =>
  (proof as { previous?: Previous }).previous ?? { state: 'unknown', basis: 'unknown' }

/** Takes an unsubscribe back and returns to what the ledger said before it; answers false when none stands. */
export const undoUnsubscribe = async (
  trx: Trx,
  act: Omit<Unsubscribe, 'source'> & { readonly source: UnsubscribeSource; readonly proof?: string },
): Promise<boolean> => {
  const { accountId, contactId, channel, scope } = act
  const row = await lockChannel(trx, accountId, contactId, channel)
  if (!stands(row, scope)) return false
  await updateChannel(trx, accountId, contactId, channel, {
    ...(scope.kind === 'all'
      ? { unsubscribed_at: null }
      : { unsubscribed_topics: row.unsubscribed_topics.filter((id) => id !== topicOf(scope)) }),
    unsubscribe_source: null,
    unsubscribe_reason: null,
  })
  const purpose = purposeOf(scope)
  const undone = await findOpenUnsubscribe(trx, accountId, { contactId, channel, purpose })
  const previous = act.proof ? ({ state: 'granted', basis: 'consent' } as const) : previousOf(undone?.proof)
  await insertLedgerEntry(trx, accountId, {
    contactId,
    channel,
    purpose,
    state: scope.kind === 'all' ? previous.state : 'granted',
    basis: scope.kind === 'all' ? previous.basis : 'consent',
    source: act.source,
    proof: { act: 'undo_unsubscribe', campaign_id: act.campaignId ?? null, text: act.proof ?? null },
    actor: act.actor ?? {},
    supersedes: undone?.id ?? null,
  })
  if (scope.kind === 'all') await deriveConsent(trx, accountId, contactId, channel, purpose)
  return true
}
