import Type, { type Static } from 'typebox'
import { Id, IdParams, Nullable, Obj, OneOf, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'

const tag = 'Bounces'

export const reportKinds = [
  'bounce',
  'delayed',
  'delivered',
  'complaint',
  'unsubscribe',
  'out_of_office',
  'auto_reply',
  'challenge',
  'other',
] as const
export const reportStates = ['applied', 'repeated', 'ignored', 'waiting', 'unassigned', 'discarded'] as const
export const shownClasses = ['HARDBOUNCE', 'SOFTBOUNCE', 'SPAMBOUNCE', 'FEEDBACK'] as const

/** One report that came back, as it was understood. */
export const BounceReport = Obj({
  id: Id,
  received_at: Timestamp,
  source: OneOf(['smtp', 'mail', 'webhook', 'simulator']),
  kind: OneOf(reportKinds),
  state: OneOf(reportStates),
  shown_as: Nullable(OneOf(shownClasses)),
  class: Nullable(Type.String()),
  code: Nullable(Type.String()),
  text: Nullable(Type.String()),
  address: Nullable(Type.String()),
  receiver: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  message_id: Nullable(Id),
  campaign_id: Nullable(Id),
  campaign_name: Nullable(Type.String()),
  contact_id: Nullable(Id),
  provider_id: Nullable(Id),
  provider_ref: Nullable(Type.String()),
  rule_id: Nullable(Id),
  has_raw: Type.Boolean({ description: 'The report itself is still kept (30 days)' }),
})
export type BounceReport = Static<typeof BounceReport>

export const listBounceReports = route({
  method: 'GET',
  path: '/email/bounces',
  summary: 'Reports that came back, newest first; `state=unassigned` are those without a message',
  tag,
  access: 'suppressions.view',
  query: Obj({
    ...pageQuery,
    state: Type.Optional(OneOf(reportStates)),
    kind: Type.Optional(OneOf(reportKinds)),
    message_id: Type.Optional(Id),
    address: Type.Optional(Type.String({ minLength: 3, maxLength: 320, description: 'The whole address' })),
  }),
  reply: { 200: Page(BounceReport) },
})
export const getBounceReport = route({
  method: 'GET',
  path: '/email/bounces/{id}',
  summary: 'One report with its source; the source needs `contacts.personal_data.view`',
  tag,
  access: 'suppressions.view',
  params: IdParams,
  reply: {
    200: Obj({
      ...BounceReport.properties,
      raw: Nullable(
        Type.String({ description: 'The mail or the call as it came, at most 100,000 characters' }),
      ),
    }),
  },
})
export const assignBounceReport = route({
  method: 'POST',
  path: '/email/bounces/{id}/assign',
  summary:
    'Match an unassigned report with its message by hand; it then counts as if it had been known at once',
  tag,
  access: 'suppressions.manage',
  params: IdParams,
  body: Obj({ message_id: Id }),
  records: ['bounce.reclassified'],
  reply: { 200: BounceReport },
  problems: ['not_pending'],
})
export const discardBounceReport = route({
  method: 'POST',
  path: '/email/bounces/{id}/discard',
  summary: 'Put an unassigned report aside',
  tag,
  access: 'suppressions.manage',
  params: IdParams,
  body: Obj({}),
  records: ['bounce.reclassified'],
  reply: { 200: BounceReport },
  problems: ['not_pending'],
})
