import Type, { type Static } from 'typebox'
import { Content, ContentInput } from '../content/contract.ts'
import {
  Count,
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'
import { Audience, AudienceInput } from './audience/contract.ts'
import { Canary, CanaryInput } from './canary/contract.ts'
import { SendWindows } from './windows/contract.ts'

export { Audience, AudienceInput } from './audience/contract.ts'

export const campaignStatuses = [
  'draft',
  'in_review',
  'scheduled',
  'held',
  'preparing',
  'testing',
  'sending',
  'paused',
  'finishing',
  'finished',
  'canceled',
  'failed',
] as const
export const CampaignStatus = OneOf(campaignStatuses)
export type CampaignStatus = Static<typeof CampaignStatus>

const uncertainPolicies = ['rather_miss', 'rather_repeat'] as const
const settings = {
  description: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  external_id: Type.Optional(Nullable(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }))),
  labels: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 10, uniqueItems: true }),
  ),
  language: Type.Optional(
    Nullable(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 })),
  ),
  topic_id: Type.Optional(Nullable(Id)),
  sender_id: Type.Optional(Nullable(Id)),
  content: Type.Optional(ContentInput),
  audience: Type.Optional(AudienceInput),
  /** 60 to 200,000; outside 422 `throttle_out_of_range`. */
  throttle_per_hour: Type.Optional(Nullable(Type.Integer())),
  max_lateness_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440 })),
  uncertain_policy: Type.Optional(OneOf(uncertainPolicies)),
  hold_minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 60 })),
  windows: Type.Optional(SendWindows),
  canary: Type.Optional(Nullable(CanaryInput)),
  /** Other channels come with their parts. */
  fallback: Type.Optional(Type.Null()),
}
const name = Type.String({ minLength: 1, maxLength: 150 })
export const NewCampaign = Obj({
  channel: OneOf(['email']),
  name,
  type: Type.Optional(OneOf(['normal'])),
  ...settings,
})
export type NewCampaign = Static<typeof NewCampaign>
export const CampaignChange = Obj({ name: Type.Optional(name), ...settings })
export type CampaignChange = Static<typeof CampaignChange>

export const Check = Obj({
  code: Type.String(),
  level: OneOf(['block', 'warn']),
  overridable: Type.Boolean(),
  overridden: Type.Boolean(),
  count: Nullable(Type.Integer()),
  detail: Type.String(),
  pointer: Nullable(Type.String()),
})
export type Check = Static<typeof Check>
export const Preflight = Obj({
  ok: Type.Boolean({ description: 'No check blocks without an override' }),
  at: Timestamp,
  audience: Count,
  checks: Type.Array(Check),
})
export type Preflight = Static<typeof Preflight>

export const CampaignCounts = Obj({
  audience: Count,
  planned: Count,
  claimed: Count,
  handed: Count,
  accepted: Count,
  rejected: Count,
  uncertain: Count,
  suppressed: Count,
  delivered: Count,
})
export type CampaignCounts = Static<typeof CampaignCounts>

/** Rows of a run that a follow-up may be made to (sending.md §4.4). */
export const notReached = ['rejected', 'canceled', 'soft_bounce', 'expired', 'uncertain'] as const

/** What the reason of a pause or a hold was seen in, as far as it applies. */
export const StatusDetail = Obj({
  /** The figure that broke a limit, as percent, and the limit. */
  figure: Nullable(Type.String()),
  share: Nullable(Type.Number()),
  limit: Nullable(Type.Number()),
  /** The first answer of its kind. */
  example: Nullable(Obj({ code: Type.String(), text: Type.String() })),
  was_due: Nullable(Timestamp),
  /** When the provider is tried again, or the wait ends; null: nothing happens by itself. */
  next_at: Nullable(Timestamp),
  checks: Type.Array(Type.String()),
})
export type StatusDetail = Static<typeof StatusDetail>

const common = {
  id: Id,
  version: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  created_by: Nullable(Obj({ id: Id, name: Type.String() })),
  channel: OneOf(['email']),
  type: OneOf(['normal']),
  name: Type.String(),
  description: Nullable(Type.String()),
  external_id: Nullable(Type.String()),
  labels: Type.Array(Type.String()),
  language: Nullable(Type.String()),
  topic_id: Nullable(Id),
  sender_id: Nullable(Id),
  /** The sender in effect: the chosen one or the account's default. */
  sender: Nullable(Obj({ id: Id, name: Type.String(), email: Type.String() })),
  audience: Audience,
  throttle_per_hour: Nullable(Type.Integer()),
  max_lateness_minutes: Type.Integer(),
  uncertain_policy: OneOf(uncertainPolicies),
  hold_minutes: Type.Integer(),
  windows: SendWindows,
  canary: Nullable(Canary),
  fallback: Type.Null(),
  time_mode: OneOf(['at', 'contact_time_zone']),
  status: CampaignStatus,
  status_reason: Nullable(Type.String()),
  status_detail: Nullable(StatusDetail),
  parent_campaign_id: Nullable(Id),
  /** Of a campaign to those not reached: the states of its parent's rows that are meant. */
  follow_up: Nullable(Obj({ states: Type.Array(OneOf(notReached)) })),
  /** Until then answers to the first messages are waited for. */
  canary_until: Nullable(Timestamp),
  content_revision: Type.Integer({ description: '0 until content is given' }),
  planned_at: Nullable(Timestamp),
  hold_until: Nullable(Timestamp),
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  counts: CampaignCounts,
  simulated: Type.Boolean(),
  demo: Type.Boolean(),
}
export const Campaign = Obj({
  ...common,
  content: Nullable(Content),
  in_flight: Count,
  rate_per_hour: Nullable(Type.Integer()),
  limiting_factor: Nullable(Type.String()),
  preflight: Nullable(Preflight),
  approval_id: Nullable(Id),
})
export type Campaign = Static<typeof Campaign>
/** A row of the list: without content, last pre-flight and live figures. */
export const CampaignRow = Obj({ ...common, subject: Nullable(Type.String()) })
export type CampaignRow = Static<typeof CampaignRow>

/** HTML of 500,000 characters may take four bytes each. */
const bodyBytesMax = 4 * 1024 * 1024
const shared = { tag: 'Campaigns', entitlement: 'channel.email' } as const

export const CampaignFilter = Obj({
  status: Type.Optional(Type.Array(CampaignStatus, { description: 'Comma list' })),
  q: Type.Optional(Type.String({ maxLength: 150, description: 'Part of the name' })),
  sender_id: Type.Optional(Id),
  label: Type.Optional(Type.String({ maxLength: 64 })),
  created_from: Type.Optional(Timestamp),
  created_to: Type.Optional(Timestamp),
  sort: Type.Optional(OneOf(['-created_at', 'created_at', 'name', '-name'])),
  ...pageQuery,
})
export type CampaignFilter = Static<typeof CampaignFilter>

export const listCampaigns = route({
  ...shared,
  method: 'GET',
  path: '/campaigns',
  summary: 'Campaigns, newest first',
  access: 'email.campaigns.view',
  query: CampaignFilter,
  reply: { 200: Page(CampaignRow) },
})
export const createCampaign = route({
  ...shared,
  method: 'POST',
  path: '/campaigns',
  summary: 'Make a draft campaign',
  access: 'email.campaigns.edit',
  body: NewCampaign,
  bodyBytesMax,
  records: ['campaign.created'],
  reply: { 201: Campaign },
  problems: ['exactly_one_content_source', 'throttle_out_of_range', 'duplicate_external_id'],
})
export const getCampaign = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}',
  summary: 'One campaign',
  access: 'email.campaigns.view',
  params: IdParams,
  reply: { 200: Campaign },
})
export const changeCampaign = route({
  ...shared,
  method: 'PATCH',
  path: '/campaigns/{id}',
  summary: 'Change a draft; a scheduled one becomes a draft again; of a paused one the content',
  access: 'email.campaigns.edit',
  ifMatch: 'optional',
  params: IdParams,
  body: CampaignChange,
  bodyBytesMax,
  records: ['campaign.changed'],
  reply: { 200: Campaign },
  problems: [
    'campaign_state_conflict',
    'exactly_one_content_source',
    'throttle_out_of_range',
    'duplicate_external_id',
    'template_error',
  ],
})
export const deleteCampaign = route({
  ...shared,
  method: 'DELETE',
  path: '/campaigns/{id}',
  summary: 'Delete a draft',
  access: 'email.campaigns.delete',
  ifMatch: 'optional',
  params: IdParams,
  records: ['campaign.deleted'],
  reply: { 204: NoContent },
  problems: ['campaign_state_conflict'],
})
export const duplicateCampaign = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/duplicate',
  summary: 'A new draft with everything but time and results',
  access: 'email.campaigns.edit',
  params: IdParams,
  body: Obj({ name: Type.Optional(name) }),
  records: ['campaign.created'],
  reply: { 201: Campaign },
})
export const preflightCampaign = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/preflight',
  summary: 'Check everything; starts nothing',
  access: 'email.campaigns.edit',
  params: IdParams,
  body: Empty,
  records: { nothing: 'looks and changes nothing' },
  reply: { 200: Preflight },
})
