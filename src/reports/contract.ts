import Type, { type Static } from 'typebox'
import { CampaignStatus } from '../campaigns/contract.ts'
import { Accounting, deliveryStatuses, LedgerRow, messageStates } from '../campaigns/run/contract.ts'
import {
  Count,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

const tag = 'Reports'
/** 0–1 with six decimals; null when the denominator is 0, and for human figures as long as no verdicts exist. */
const Rate = Nullable(Type.Number({ minimum: 0 }))

/** Recipients, each once (email.md §19.1). */
export const ReportCounts = Obj({
  audience: Count,
  accepted: Count,
  rejected: Count,
  suppressed: Count,
  uncertain: Count,
  pending: Count,
  delivered: Count,
  deferred: Count,
  hard_bounced: Count,
  soft_bounced: Count,
  spam_bounced: Count,
  bounced_later: Count,
  opened_human: Count,
  opened_proxy: Count,
  opened_machine: Count,
  opened_unsure: Count,
  opened_all: Count,
  clicked_human: Count,
  clicked_machine: Count,
  clicked_unsure: Count,
  clicked_all: Count,
  unsubscribed: Count,
  complained: Count,
  converted: Count,
})
export type ReportCounts = Static<typeof ReportCounts>

export const ReportRates = Obj({
  delivery: Rate,
  bounce_hard: Rate,
  bounce_soft: Rate,
  bounce_block: Rate,
  open_human: Rate,
  open_human_adjusted: Rate,
  open_all: Rate,
  click: Rate,
  click_all: Rate,
  click_to_open: Rate,
  click_to_open_all: Rate,
  unsubscribe: Rate,
  complaint: Rate,
  conversion: Rate,
})
export type ReportRates = Static<typeof ReportRates>

export const Report = Obj({
  campaign_id: Id,
  name: Type.String(),
  channel: OneOf(['email']),
  status: CampaignStatus,
  simulated: Type.Boolean(),
  as_of: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  accounting: Accounting,
  counts: ReportCounts,
  totals: Obj({ opens_all: Count, opens_human: Count, clicks_all: Count, clicks_human: Count }),
  revenue_minor: Type.Integer(),
  currency: Nullable(Type.String()),
  rates: ReportRates,
  variants: Type.Array(
    Obj({ letter: Type.String(), counts: ReportCounts, rates: ReportRates, winner: Type.Boolean() }),
  ),
})
export type Report = Static<typeof Report>

export const getReport = route({
  method: 'GET',
  path: '/campaigns/{id}/report',
  summary: 'What came of a campaign: counts, totals and rates',
  tag,
  access: 'email.reports.view',
  entitlement: 'channel.email',
  params: IdParams,
  reply: { 200: Report },
})

/** One tracked place of the content; the same address at two places is two links. */
export const ReportLink = Obj({
  url: Type.String(),
  position: Count,
  total: Count,
  unique: Count,
  human_total: Count,
  human_unique: Count,
})
export type ReportLink = Static<typeof ReportLink>

export const listReportLinks = route({
  method: 'GET',
  path: '/campaigns/{id}/links',
  summary: 'Tracked links with their clicks, in the order of the content',
  tag,
  access: 'email.reports.view',
  entitlement: 'channel.email',
  params: IdParams,
  query: Obj(pageQuery),
  reply: { 200: Page(ReportLink) },
})

/** One answer of receivers and how many messages it ended; addresses in it are left out. */
export const ReportBounce = Obj({
  class: OneOf(['hard', 'soft', 'block']),
  word: Type.String({
    description: 'The class of email.md §11.1 in detail, `expired` when retries were used up',
  }),
  code: Nullable(Type.String()),
  text: Nullable(Type.String()),
  count: Count,
})
export type ReportBounce = Static<typeof ReportBounce>

export const listReportBounces = route({
  method: 'GET',
  path: '/campaigns/{id}/bounces',
  summary: 'What receivers answered to the messages that bounced, at hand-off or later, most frequent first',
  tag,
  access: 'email.reports.view',
  entitlement: 'channel.email',
  params: IdParams,
  query: Obj(pageQuery),
  reply: { 200: Page(ReportBounce) },
})

export const timelineSteps = ['minute', 'hour', 'day'] as const
/**
 * What happened from `at` to the next step: recipients, each at its first open or click, so that a column adds up to the
 * figure of the report. Steps without anything are left out.
 */
export const TimelineEntry = Obj({
  at: Timestamp,
  accepted: Count,
  delivered: Count,
  opened_human: Count,
  opened_all: Count,
  clicked_human: Count,
  clicked_all: Count,
  bounced: Count,
  unsubscribed: Count,
})
export type TimelineEntry = Static<typeof TimelineEntry>

export const listTimeline = route({
  method: 'GET',
  path: '/campaigns/{id}/timeline',
  summary: 'What happened per minute, hour or day (of the account’s time zone), oldest first',
  tag,
  access: 'email.reports.view',
  entitlement: 'channel.email',
  params: IdParams,
  query: Obj({ ...pageQuery, step: Type.Optional(OneOf(timelineSteps)) }),
  reply: { 200: Page(TimelineEntry) },
})

export const Bounce = Obj({
  class: OneOf(['hard', 'soft', 'block']),
  code: Nullable(Type.String()),
  text: Nullable(Type.String()),
  at: Nullable(Timestamp),
})

/** A ledger row with what the recipient did; `…_all` are numbers of hits. */
export const Recipient = Obj({
  ...LedgerRow.properties,
  contact_name: Nullable(Type.String()),
  opened_human: Count,
  opened_all: Count,
  clicked_human: Count,
  clicked_all: Count,
  bounce: Nullable(Bounce),
  unsubscribed_at: Nullable(Timestamp),
  complained_at: Nullable(Timestamp),
})
export type Recipient = Static<typeof Recipient>

/** Each filter gives exactly the rows behind one figure of the report. */
export const recipientFilter = {
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Part of the address or name' })),
  state: Type.Optional(OneOf([...messageStates, 'pending'])),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  delivery_status: Type.Optional(OneOf(deliveryStatuses)),
  delivered: Type.Optional(Type.Boolean()),
  bounce: Type.Optional(OneOf(['hard', 'soft', 'block'])),
  opened: Type.Optional(Type.Boolean()),
  clicked: Type.Optional(Type.Boolean()),
  position: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65_535, description: 'Clicked the link at this place' }),
  ),
  unsubscribed: Type.Optional(Type.Boolean()),
}
export const RecipientFilter = Obj(recipientFilter)
export type RecipientFilter = Static<typeof RecipientFilter>

export const listRecipients = route({
  method: 'GET',
  path: '/campaigns/{id}/recipients',
  summary: 'Recipients of a campaign with state and reactions',
  tag,
  access: 'email.recipients.view',
  entitlement: 'channel.email',
  params: IdParams,
  query: Obj({ ...pageQuery, ...recipientFilter }),
  reply: { 200: Page(Recipient) },
})

export const RecipientEvent = Obj({
  id: Id,
  kind: Type.String(),
  at: Timestamp,
  url: Nullable(Type.String()),
  position: Nullable(Count),
  method: Nullable(Type.String()),
  source: Nullable(Type.String()),
  code: Nullable(Type.String()),
  text: Nullable(Type.String()),
})
export const RecipientAttempt = Obj({
  n: Type.Integer(),
  provider_id: Nullable(Id),
  handed_at: Nullable(Timestamp),
  answered_at: Nullable(Timestamp),
  class: Nullable(Type.String()),
  code: Nullable(Type.String()),
  text: Nullable(Type.String()),
})
export const RecipientHistory = Obj({
  ...Recipient.properties,
  events: Type.Array(RecipientEvent),
  attempts: Type.Array(RecipientAttempt),
})
export type RecipientHistory = Static<typeof RecipientHistory>

export const getRecipient = route({
  method: 'GET',
  path: '/campaigns/{id}/recipients/{message_id}',
  summary: 'One recipient with everything that happened to the message (the newest 1,000 events)',
  tag,
  access: 'email.recipients.view',
  entitlement: 'channel.email',
  params: Obj({ id: Id, message_id: Id }),
  reply: { 200: RecipientHistory },
})

export const exportRecipients = route({
  method: 'GET',
  path: '/campaigns/{id}/recipients.csv',
  summary: 'Recipients as CSV (UTF-8 with BOM); more than 10,000 rows need a fresh confirmation',
  tag,
  access: 'email.campaigns.export',
  entitlement: 'channel.email',
  params: IdParams,
  query: RecipientFilter,
  replyType: 'text/csv',
  reply: { 200: Type.String() },
  problems: ['step_up_required'],
})
