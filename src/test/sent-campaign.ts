import { makeRecipientLinks, type RecipientLinks } from '../content/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import { addMs } from '../lib/clock.ts'
import { uuidV7 } from '../lib/ids.ts'
import type { TestApp } from './app.ts'

export type SentMessage = {
  readonly messageId: string
  readonly contactId: string
  readonly email: string
  readonly links: RecipientLinks
}
export type SentCampaign = {
  readonly campaignId: string
  readonly runMonth: string
  readonly messages: readonly SentMessage[]
}

export type MessageGiven = {
  readonly email: string
  readonly firstName?: string
  readonly language?: string | null
  readonly state?: string
  readonly reason?: string | null
  readonly deliveryStatus?: string
  readonly resolution?: string | null
  readonly flags?: readonly string[]
  readonly answer?: { at: string; class: string; code: string; text: string } | null
  /** Seconds after the start at which the state became final; null while it is not. */
  readonly finalAfter?: number | null
}

const statusOf = (state: string): string =>
  ({ accepted: 'delivered', rejected: 'undelivered', handed: 'submitted' })[state] ?? 'queued'
const isFinal = (state: string): boolean =>
  ['accepted', 'rejected', 'uncertain', 'suppressed'].includes(state)

type CampaignGiven = {
  readonly messages: readonly MessageGiven[]
  readonly targets?: readonly string[]
  readonly anonymous?: boolean
  readonly html?: string
  readonly webVersion?: boolean
  readonly topicId?: string | null
  readonly sourceKind?: 'campaign' | 'test'
  readonly status?: string
  readonly accountId?: string
}
type Run = {
  readonly accountId: string
  readonly campaignId: string
  readonly sourceId: string
  readonly runMonth: string
  readonly now: Date
}

const insertCampaign = async (trx: Trx, run: Run, given: CampaignGiven): Promise<void> => {
  const { accountId, campaignId, now } = run
  const content = {
    subject: 'Spring',
    preheader: '',
    html: given.html ?? '<p>Spring</p>',
    text: null,
    reply_to: null,
    from_name: null,
    tracking: { opens: true, clicks: true, anonymous: given.anonymous ?? false },
    utm: null,
    on_missing: 'empty',
    web_version: given.webVersion ?? true,
  }
  await trx
    .insertInto('campaigns')
    .values({
      account_id: accountId,
      id: campaignId,
      name: 'Spring news',
      status: given.status ?? 'finished',
      topic_id: given.topicId ?? null,
      content_revision: 1,
      run_month: run.runMonth,
      started_at: now,
      finished_at: given.status && given.status !== 'finished' ? null : now,
    })
    .execute()
  await trx
    .insertInto('campaign_revisions')
    .values({ account_id: accountId, campaign_id: campaignId, n: 1, content: JSON.stringify(content) })
    .execute()
  const links = (given.targets ?? []).map((target, index) => ({
    account_id: accountId,
    campaign_id: campaignId,
    content_revision: 1,
    position: index + 1,
    target,
  }))
  if (links.length > 0) await trx.insertInto('tracking_links').values(links).execute()
}

const insertMessage = async (
  trx: Trx,
  run: Run,
  row: { messageId: string; contactId: string; sourceKind: string },
  given: MessageGiven,
): Promise<void> => {
  const { accountId, now } = run
  const state = given.state ?? 'accepted'
  const finalAfter = given.finalAfter === undefined && isFinal(state) ? 0 : (given.finalAfter ?? null)
  await trx
    .insertInto('messages')
    .values({
      account_id: accountId,
      source_id: run.sourceId,
      source_kind: row.sourceKind,
      recipient_key: row.contactId,
      channel: 'email',
      run_month: run.runMonth,
      message_id: row.messageId,
      contact_id: row.contactId,
      address: given.email,
      address_hash: Buffer.from(given.email),
      state,
      reason: given.reason ?? null,
      resolution: given.resolution ?? null,
      delivery_status: given.deliveryStatus ?? statusOf(state),
      flags: [...(given.flags ?? [])],
      answer: given.answer ? JSON.stringify(given.answer) : null,
      planned_at: now,
      handed_at: state === 'planned' || state === 'suppressed' ? null : now,
      final_at: finalAfter === null ? null : addMs(now, finalAfter * 1_000),
    })
    .execute()
}

const insertRecipient = async (trx: Trx, run: Run, contactId: string, given: MessageGiven): Promise<void> => {
  await trx
    .insertInto('contacts')
    .values({
      account_id: run.accountId,
      id: contactId,
      email: given.email,
      email_key: given.email.toLowerCase(),
      first_name: given.firstName ?? null,
      language: given.language ?? null,
      source: 'manual',
    })
    .execute()
  await trx
    .insertInto('audience_members')
    .values({ account_id: run.accountId, campaign_id: run.campaignId, contact_id: contactId })
    .execute()
}

/** Rows of a campaign as the engine leaves them, for tests of what happens after the sending. */
export const aSentCampaign = async (app: TestApp, given: CampaignGiven): Promise<SentCampaign> => {
  const now = app.deps.clock.now()
  const campaignId = uuidV7(now)
  const sourceKind = given.sourceKind ?? 'campaign'
  const run: Run = {
    accountId: given.accountId ?? app.accountId,
    campaignId,
    sourceId: sourceKind === 'test' ? uuidV7(now) : campaignId,
    runMonth: `${now.toISOString().slice(0, 7)}-01`,
    now,
  }
  const messages = given.messages.map((message) => ({
    given: message,
    email: message.email,
    contactId: uuidV7(now),
    messageId: uuidV7(now),
  }))
  await inAccount(app.db, run.accountId, async (trx) => {
    await insertCampaign(trx, run, given)
    for (const message of messages) {
      await insertRecipient(trx, run, message.contactId, message.given)
      await insertMessage(trx, run, { ...message, sourceKind }, message.given)
    }
  })
  return {
    campaignId,
    runMonth: run.runMonth,
    messages: messages.map(({ email, contactId, messageId }) => ({
      email,
      contactId,
      messageId,
      links: makeRecipientLinks(app.deps, { ...run, messageId, contactId, revision: 1 }),
    })),
  }
}
