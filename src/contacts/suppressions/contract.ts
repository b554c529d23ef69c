import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  Problem,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { BatchItemError, Channel } from '../shapes/contract.ts'

export const suppressionReasons = [
  'hard_bounced',
  'soft_bounced_repeatedly',
  'complained',
  'blacklisted_address',
  'invalid_address',
  'unsubscribed',
  'erased',
] as const
export const SuppressionReason = OneOf(suppressionReasons)

export const Suppression = Obj({
  id: Id,
  channel: Channel,
  address: Nullable(Type.String({ description: 'Null where only the hash is kept' })),
  kind: OneOf(['all', 'campaigns', 'topic', 'group']),
  scope: Type.String(),
  reason: SuppressionReason,
  source: Type.String(),
  source_ref: Nullable(Type.String()),
  comment: Nullable(Type.String()),
  stream_id: Nullable(Id),
  answer: Nullable(Type.String({ description: 'What the receiver answered' })),
  bounces: Count,
  lifted_until: Nullable(Timestamp),
  expires_at: Nullable(Timestamp),
  created_at: Timestamp,
})
export type Suppression = Static<typeof Suppression>

export const listSuppressions = route({
  method: 'GET',
  path: '/suppressions',
  summary: 'Addresses that must not or cannot be used, newest first',
  tag: 'Contacts',
  access: 'suppressions.view',
  query: Obj({
    ...pageQuery,
    channel: Type.Optional(Channel),
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 320, description: 'Compared by hash' })),
    reason: Type.Optional(SuppressionReason),
    since: Type.Optional(Timestamp),
    until: Type.Optional(Timestamp),
  }),
  reply: { 200: Page(Suppression) },
})

export const NewSuppression = Obj({
  channel: Channel,
  address: Type.String({ minLength: 1, maxLength: 320 }),
  kind: Type.Optional(OneOf(['all', 'campaigns'])),
  scope: Type.Optional(OneOf(['account'])),
  reason: Type.Optional(
    OneOf(['hard_bounced', 'soft_bounced_repeatedly', 'complained', 'blacklisted_address', 'unsubscribed']),
  ),
  comment: Type.Optional(Type.String({ maxLength: 500 })),
  expires_at: Type.Optional(Timestamp),
})
export type NewSuppression = Static<typeof NewSuppression>

const SuppressionResults = Obj({
  data: Type.Array(
    Obj({
      index: Type.Integer(),
      status: Type.Integer(),
      id: Type.Optional(Id),
      error: Type.Optional(BatchItemError),
    }),
  ),
  accepted: Count,
  refused: Count,
})
export type SuppressionResults = Static<typeof SuppressionResults>

export const addSuppressions = route({
  method: 'POST',
  path: '/suppressions',
  summary: 'Suppress addresses; one that is suppressed already keeps its entry',
  tag: 'Contacts',
  access: 'suppressions.manage',
  body: Obj({ items: Type.Array(NewSuppression, { minItems: 1 }) }),
  records: { whenChanged: ['suppression.added'] },
  reply: { 200: SuppressionResults, 207: SuppressionResults, 422: Type.Union([SuppressionResults, Problem]) },
  problems: ['batch_too_large'],
})
export const deleteSuppression = route({
  method: 'DELETE',
  path: '/suppressions/{id}',
  summary: 'Lift a suppression; complained, unsubscribed and erased ones only end by the person',
  tag: 'Contacts',
  access: 'suppressions.manage',
  params: IdParams,
  query: Obj({ reason: Type.String({ minLength: 3, maxLength: 250 }) }),
  records: ['suppression.removed'],
  reply: { 204: NoContent },
  problems: ['immutable'],
})
export const checkSuppressions = route({
  method: 'POST',
  path: '/suppressions/check',
  summary: 'Whether addresses are suppressed',
  tag: 'Contacts',
  access: 'suppressions.view',
  body: Obj({
    items: Type.Array(Obj({ channel: Channel, address: Type.String({ minLength: 1, maxLength: 320 }) }), {
      minItems: 1,
    }),
  }),
  records: { nothing: 'looks and changes nothing' },
  reply: {
    200: Obj({
      data: Type.Array(
        Obj({ index: Type.Integer(), suppressed: Type.Boolean(), reason: Nullable(SuppressionReason) }),
      ),
    }),
  },
  problems: ['batch_too_large'],
})
