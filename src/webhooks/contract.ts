import Type, { type Static } from 'typebox'
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
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

const tag = 'Webhooks'
const view = 'account.webhooks.view'
const manage = 'account.webhooks.manage'

export const retryRules = ['standard', 'A', 'B'] as const
export const authTypes = ['none', 'basic', 'bearer'] as const
export const disabledReasons = ['by_user', 'failing', 'gone'] as const
export const deliveryStates = ['waiting', 'claimed', 'succeeded', 'failed', 'dead', 'expired'] as const

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Url = Type.String({
  minLength: 1,
  maxLength: 2048,
  description: 'https; http only to an allowed private target',
})
const Pattern = Type.String({
  minLength: 1,
  maxLength: 80,
  description: 'A type of event, or `area.*` for all types of an area',
})
const Auth = Obj({
  type: OneOf(authTypes),
  username: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Of `basic`; without a colon' }),
  ),
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'Of `basic`' })),
  token: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description: 'Of `bearer`' })),
})
export type WebhookAuth = Static<typeof Auth>

const members = {
  id: Id,
  name: Type.String(),
  url: Type.String(),
  secondary_url: Nullable(Type.String()),
  events: Type.Array(Type.String()),
  auth: Obj({ type: OneOf(authTypes), username: Nullable(Type.String()) }),
  retry_rule: OneOf(retryRules),
  personal_data: OneOf(['full', 'ids']),
  enabled: Type.Boolean(),
  proven: Type.Boolean({ description: 'A test brought the challenge back; only then live events are sent' }),
  disabled_reason: Nullable(OneOf(disabledReasons)),
  last_status: Nullable(
    Type.Integer({ description: 'HTTP status of the last attempt; null: no answer, or none yet' }),
  ),
  last_at: Nullable(Timestamp),
  failing_since: Nullable(Timestamp),
  rotation_until: Nullable(Timestamp),
  success_rate: Nullable(
    Type.Number({ minimum: 0, maximum: 1, description: 'Of the attempts of the last 24 hours; null: none' }),
  ),
  oldest_waiting_at: Nullable(Timestamp),
  dead_letters: Count,
  created_at: Timestamp,
  version: Type.Integer(),
}
export const Webhook = Obj(members)
export type Webhook = Static<typeof Webhook>
const Secret = Type.String({ description: '`whsec_` and the base64 of 32 bytes, shown once' })

const settings = {
  name: Name,
  url: Url,
  secondary_url: Nullable(Url),
  events: Type.Array(Pattern, { minItems: 1, maxItems: 100, uniqueItems: true }),
  auth: Auth,
  retry_rule: OneOf(retryRules),
  personal_data: OneOf(['full', 'ids']),
  enabled: Type.Boolean(),
}
export const NewWebhook = Obj({
  ...settings,
  name: Type.Optional(Name),
  secondary_url: Type.Optional(Nullable(Url)),
  auth: Type.Optional(Auth),
  retry_rule: Type.Optional(OneOf(retryRules)),
  personal_data: Type.Optional(OneOf(['full', 'ids'])),
  enabled: Type.Optional(Type.Boolean()),
})
export type NewWebhook = Static<typeof NewWebhook>
export const WebhookChange = PartialObj(settings)
export type WebhookChange = Static<typeof WebhookChange>

export const listWebhooks = route({
  method: 'GET',
  path: '/webhooks',
  summary: 'Webhooks of the account, newest first; secrets are never shown again',
  tag,
  access: view,
  panelOnly: true,
  query: Obj(pageQuery),
  reply: { 200: Page(Webhook) },
})
export const getWebhook = route({
  method: 'GET',
  path: '/webhooks/{id}',
  summary: 'One webhook',
  tag,
  access: view,
  panelOnly: true,
  params: IdParams,
  reply: { 200: Webhook },
})
export const createWebhook = route({
  method: 'POST',
  path: '/webhooks',
  summary: 'Add a webhook; the reply alone holds its secret',
  tag,
  access: manage,
  panelOnly: true,
  entitlement: 'webhooks',
  stepUp: 'general',
  body: NewWebhook,
  records: ['webhook.created'],
  reply: { 201: Obj({ ...members, secret: Secret }) },
  problems: ['url_refused', 'unknown_event', 'limit_reached'],
})
export const changeWebhook = route({
  method: 'PATCH',
  path: '/webhooks/{id}',
  summary: 'Change a webhook; another address or other credentials must be tested anew',
  tag,
  access: manage,
  panelOnly: true,
  entitlement: 'webhooks',
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: WebhookChange,
  records: ['webhook.changed', 'webhook.disabled'],
  reply: { 200: Webhook },
  problems: ['url_refused', 'unknown_event'],
})
export const deleteWebhook = route({
  method: 'DELETE',
  path: '/webhooks/{id}',
  summary: 'Remove a webhook with its queue and its log',
  tag,
  access: manage,
  panelOnly: true,
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  records: ['webhook.deleted'],
  reply: { 204: NoContent },
})
export const rotateWebhookSecret = route({
  method: 'POST',
  path: '/webhooks/{id}/rotate-secret',
  summary: 'Give a webhook a new secret; both sign for 24 hours',
  tag,
  access: manage,
  panelOnly: true,
  entitlement: 'webhooks',
  stepUp: 'general',
  params: IdParams,
  body: Empty,
  records: ['webhook.secret_rotated'],
  reply: { 200: Obj({ secret: Secret, old_secret_until: Timestamp }) },
})

const Failure = Nullable(
  Type.String({
    description: 'Why there was no usable answer: url_refused, dns_failed, timeout, unreachable …',
  }),
)
const Excerpt = Type.String({
  description: 'The first 1 KiB of the answer; credentials of the webhook are hidden',
})
const Status = Nullable(Type.Integer({ description: 'HTTP status; null: there was no usable answer' }))

export const testWebhook = route({
  method: 'POST',
  path: '/webhooks/{id}/test',
  summary: 'Send a signed sample; an answer 2xx whose body holds data.challenge proves the webhook',
  tag,
  access: manage,
  panelOnly: true,
  entitlement: 'webhooks',
  params: IdParams,
  body: Empty,
  records: ['webhook.tested'],
  reply: {
    200: Obj({
      status: Status,
      duration_ms: Count,
      excerpt: Excerpt,
      proven: Type.Boolean(),
      failure: Failure,
    }),
  },
  problems: ['url_refused', 'rate_limited', 'instance_held'],
})

export const Delivery = Obj({
  id: Id,
  event: Type.String({ description: 'Type of the event' }),
  event_id: Id,
  at: Timestamp,
  attempt: Count,
  target: OneOf(['primary', 'secondary']),
  state: OneOf(deliveryStates),
  replay: Type.Boolean(),
  status: Status,
  duration_ms: Nullable(Count),
  failure: Failure,
  excerpt: Excerpt,
  next_at: Nullable(Timestamp),
})
export type Delivery = Static<typeof Delivery>
export const listWebhookDeliveries = route({
  method: 'GET',
  path: '/webhooks/{id}/deliveries',
  summary: 'Attempts of the last 30 days and what waits, newest first',
  tag,
  access: view,
  panelOnly: true,
  params: IdParams,
  query: Obj({
    ...pageQuery,
    state: Type.Optional(OneOf(deliveryStates)),
    event: Type.Optional(Pattern),
  }),
  reply: { 200: Page(Delivery) },
})

export const Replay = PartialObj({
  delivery_ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
  state: OneOf(['succeeded', 'failed', 'dead', 'expired']),
  event: Pattern,
  from: Timestamp,
  to: Timestamp,
})
export type Replay = Static<typeof Replay>
export const replayWebhook = route({
  method: 'POST',
  path: '/webhooks/{id}/replay',
  summary: 'Send events of the log once more, with their own ids and the header webhook-replay',
  tag,
  access: manage,
  panelOnly: true,
  entitlement: 'webhooks',
  params: IdParams,
  body: Replay,
  records: ['webhook.replayed'],
  reply: { 202: Obj({ queued: Count }) },
  problems: ['webhook_not_tested'],
})
