import Type, { type Static } from 'typebox'
import { Id, Nullable, Obj, OneOf, Timestamp } from '../../http/contract.ts'

export const channels = ['email', 'sms', 'push', 'rcs'] as const
export const Channel = OneOf(channels)
export type Channel = (typeof channels)[number]

/** sending.md §2.2: the reasons that `sendability` can answer, in the order of contacts.md §6. */
export const sendReasons = [
  'no_address',
  'invalid_address',
  'erased',
  'hard_bounced',
  'soft_bounced_repeatedly',
  'complained',
  'blacklisted_address',
  'blacklisted_domain',
  'restricted',
  'archived',
  'channel_blocked',
  'unsubscribed',
  'group_left',
  'no_consent',
] as const
export type SendReason = (typeof sendReasons)[number]

export const ConsentState = OneOf(['granted', 'withdrawn', 'unknown', 'expired'])
export const ConsentBasis = OneOf(['consent', 'legitimate_interest', 'unknown'])
export const Purpose = OneOf(['marketing', 'profiling', 'tracking'])

export const ChannelState = Obj({
  consent: Type.Record(Type.String(), ConsentState, { description: 'State by purpose' }),
  basis: Type.Record(Type.String(), ConsentBasis, { description: 'Legal basis by purpose' }),
  unsubscribed_at: Nullable(Timestamp),
  unsubscribed_topics: Type.Array(Id),
  blocked_at: Nullable(Timestamp),
  suppressed: Type.Boolean(),
  suppression_reason: Nullable(Type.String()),
})
export type ChannelState = Static<typeof ChannelState>

export const FieldValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
export type FieldValue = Static<typeof FieldValue>

export const BatchItemError = Obj({ code: Type.String(), detail: Type.String() })
