import Type, { type Static } from 'typebox'
import {
  Count,
  Empty,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { Campaign, CampaignStatus } from '../contract.ts'

const shared = { tag: 'Campaigns', entitlement: 'channel.email' } as const
const act = { ...shared, method: 'POST', access: 'email.campaigns.send', params: IdParams } as const
const done = { reply: { 200: Campaign } } as const

const launch = {
  preflight_overrides: Type.Optional(
    Type.Array(
      Obj({
        code: Type.String({ minLength: 1, maxLength: 64 }),
        reason: Type.String({ minLength: 3, maxLength: 500 }),
      }),
      { maxItems: 50 },
    ),
  ),
  /** Refused with 409 `revision_changed` when the count differs by more than 10 %. */
  audience_confirmed: Type.Optional(Count),
}
const launchProblems = [
  'preflight_failed',
  'template_error',
  'campaign_state_conflict',
  'revision_changed',
  'permission_denied',
  'no_route',
  'provider_disabled',
  'instance_held',
] as const

export const Launch = Obj(launch)
export type Launch = Static<typeof Launch>
export const Schedule = Obj({
  planned_at: Timestamp,
  time_mode: Type.Optional(OneOf(['at', 'contact_time_zone'])),
  ...launch,
})
export type Schedule = Static<typeof Schedule>

export const sendCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/send',
  sends: true,
  summary: 'Start now',
  body: Launch,
  problems: launchProblems,
  records: ['campaign.started', 'campaign.scheduled', 'campaign.preflight_overridden'],
})
export const scheduleCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/schedule',
  sends: true,
  summary: 'Start at a time',
  body: Schedule,
  problems: launchProblems,
  records: ['campaign.scheduled', 'campaign.preflight_overridden'],
})
export const unscheduleCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/unschedule',
  summary: 'Back to draft',
  body: Empty,
  problems: ['campaign_state_conflict'],
  records: ['campaign.unscheduled'],
})
export const pauseCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/pause',
  summary: 'Close the gate: nothing more is begun',
  body: Empty,
  problems: ['campaign_state_conflict'],
  records: ['campaign.paused'],
})
export const resumeCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/resume',
  sends: true,
  summary: 'Go on with what is planned',
  body: Empty,
  problems: ['campaign_state_conflict', 'cause_still_present', 'instance_held'],
  records: ['campaign.resumed'],
})
export const cancelCampaign = route({
  ...act,
  ...done,
  access: 'email.campaigns.cancel',
  path: '/campaigns/{id}/cancel',
  summary: 'Stop for good; what was not handed over is suppressed',
  body: Empty,
  problems: ['campaign_state_conflict'],
  records: ['campaign.canceled'],
})
export const throttleCampaign = route({
  ...act,
  ...done,
  path: '/campaigns/{id}/throttle',
  summary: 'Change the messages per hour, also while sending',
  /** 60 to 200,000 or null for none; outside 422 `throttle_out_of_range`. */
  body: Obj({ throttle_per_hour: Nullable(Type.Integer()) }),
  problems: ['throttle_out_of_range', 'campaign_state_conflict'],
  records: ['campaign.throttle_changed'],
})

const byReason = Type.Record(Type.String(), Count)
export const Accounting = Obj({
  campaign_id: Id,
  status: CampaignStatus,
  as_of: Timestamp,
  audience: Count,
  planned: Count,
  claimed: Count,
  handed: Count,
  pending: Count,
  accepted: Count,
  rejected: Count,
  suppressed: Count,
  uncertain: Count,
  delivered: Count,
  sum: Count,
  balanced: Type.Boolean(),
  suppressed_by_reason: byReason,
  rejected_by_reason: byReason,
  uncertain_open: Count,
  uncertain_resolved: Obj({ accepted: Count, missed: Count, repeated: Count }),
  missing: Count,
  surplus: Count,
})
export type Accounting = Static<typeof Accounting>

export const messageStates = [
  'planned',
  'claimed',
  'handed',
  'accepted',
  'rejected',
  'uncertain',
  'suppressed',
] as const
export const deliveryStatuses = [
  'queued',
  'submitted',
  'deferred',
  'unknown',
  'undelivered',
  'expired',
  'delivered',
  'opened',
  'reacted',
] as const

export const LedgerRow = Obj({
  message_id: Id,
  source_id: Id,
  channel: OneOf(['email']),
  contact_id: Nullable(Id),
  address: Nullable(Type.String({ description: 'Masked without contacts.personal_data.view' })),
  state: OneOf(messageStates),
  reason: Nullable(Type.String()),
  resolution: Nullable(OneOf(['accepted', 'missed', 'repeated'])),
  attempts: Count,
  next_attempt_at: Nullable(Timestamp),
  lane: Type.Integer(),
  provider_id: Nullable(Id),
  provider_ref: Nullable(Type.String()),
  answer: Nullable(Obj({ at: Timestamp, class: Type.String(), code: Type.String(), text: Type.String() })),
  content_revision: Type.Integer(),
  variant: Nullable(Type.String()),
  logical_id: Nullable(Id),
  rung: Nullable(Type.Integer()),
  delivery_status: OneOf(deliveryStatuses),
  basis: Nullable(Type.String()),
  flags: Type.Array(Type.String()),
  price_id: Nullable(Id),
  billable_units: Type.Integer(),
  provider_price_id: Nullable(Id),
  provider_cost_minor: Nullable(Type.Integer()),
  currency: Nullable(Type.String()),
  planned_at: Timestamp,
  handed_at: Nullable(Timestamp),
  final_at: Nullable(Timestamp),
})
export type LedgerRow = Static<typeof LedgerRow>

export const LedgerFilter = Obj({
  state: Type.Optional(OneOf(messageStates)),
  reason: Type.Optional(Type.String({ maxLength: 64 })),
  delivery_status: Type.Optional(OneOf(deliveryStatuses)),
  contact_id: Type.Optional(Id),
  ...pageQuery,
})
export type LedgerFilter = Static<typeof LedgerFilter>

export const JournalEntry = Obj({
  id: Id,
  at: Timestamp,
  kind: Type.String(),
  /** `{kind:'user', id, name}` or `{kind:'system'}`. */
  actor: Type.Record(Type.String(), Type.Unknown()),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type JournalEntry = Static<typeof JournalEntry>

const read = { ...shared, method: 'GET', access: 'sending.ledger.view', params: IdParams } as const
export const getAccounting = route({
  ...read,
  path: '/campaigns/{id}/accounting',
  summary: 'Audience against ledger: nobody is lost',
  reply: { 200: Accounting },
})
export const listCampaignMessages = route({
  ...read,
  path: '/campaigns/{id}/messages',
  summary: 'Rows of the ledger',
  query: LedgerFilter,
  reply: { 200: Page(LedgerRow) },
})
export const listJournal = route({
  ...read,
  path: '/campaigns/{id}/journal',
  summary: 'What happened to the run, oldest first',
  query: Obj({ ...pageQuery }),
  reply: { 200: Page(JournalEntry) },
})

/** What came back in one step of time; the newest step may still grow. */
export const PacePoint = Obj({
  at: Timestamp,
  seconds: Count,
  accepted: Count,
  refused: Count,
  deferred: Count,
  lost: Count,
})
export type PacePoint = Static<typeof PacePoint>
export const getPace = route({
  ...read,
  path: '/campaigns/{id}/pace',
  summary: 'Answers of providers over the last time, in at most 120 steps',
  reply: { 200: Obj({ data: Type.Array(PacePoint) }) },
})
