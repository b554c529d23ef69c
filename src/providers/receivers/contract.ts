import Type, { type Static } from 'typebox'
import { Count, Id, Nullable, Obj, OneOf, route, Timestamp } from '../../http/contract.ts'

const hours = Type.Optional(OneOf(['1', '24', '168', '720']))

export const Receiver = Obj({
  /** Domain of the receiver's mail servers where it is known, else the receiving domain. */
  site: Type.String(),
  accepted: Count,
  deferred: Count,
  /** Told to go slower (421, 4.7.x). */
  slowed: Count,
  refused: Count,
  blocked: Count,
  /** Messages of campaigns and others that wait for this receiver. */
  queued: Count,
  /** Of these, waiting for another try after a temporary answer. */
  retrying: Count,
  next_try_at: Nullable(Timestamp),
  reason: Nullable(Obj({ code: Type.String(), text: Type.String(), at: Timestamp })),
  /** Messages per hour over the last ten minutes. */
  rate_per_hour: Count,
  /** Null where no provider shapes this receiver. */
  shaping: Nullable(
    Obj({
      rule_site: Type.String(),
      per_minute: Nullable(Type.Integer()),
      per_hour: Nullable(Type.Integer()),
      /** What is allowed at present, back-off considered. */
      allowed_per_hour: Nullable(Type.Integer()),
      connections: Type.Integer(),
      messages_per_connection: Type.Integer(),
      factor_percent: Type.Integer(),
      slowed_at: Nullable(Timestamp),
      /** When the full rate is back if nothing else happens. */
      full_at: Nullable(Timestamp),
    }),
  ),
})
export type Receiver = Static<typeof Receiver>

export const listReceivers = route({
  method: 'GET',
  path: '/email/receivers',
  summary:
    'How receivers take our mail: answers, queue, next try, rate and back-off; those with most to say first',
  tag: 'Sending',
  access: 'sending.providers.view',
  query: Obj({
    hours,
    provider_id: Type.Optional(Id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: {
    200: Obj({
      as_of: Timestamp,
      data: Type.Array(Receiver),
      /** Receivers beyond the limit. */
      more: Count,
      totals: Obj({
        accepted: Count,
        deferred: Count,
        slowed: Count,
        refused: Count,
        blocked: Count,
        queued: Count,
      }),
    }),
  },
})
export const readReceiverTimeline = route({
  method: 'GET',
  path: '/email/receivers/timeline',
  summary: 'Answers over time, of one receiver or of all',
  tag: 'Sending',
  access: 'sending.providers.view',
  query: Obj({
    hours,
    site: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    provider_id: Type.Optional(Id),
  }),
  reply: {
    200: Obj({
      slot_minutes: Type.Integer(),
      data: Type.Array(
        Obj({
          at: Timestamp,
          accepted: Count,
          deferred: Count,
          slowed: Count,
          refused: Count,
          blocked: Count,
        }),
      ),
    }),
  },
})
