import Type from 'typebox'
import { Nullable, Obj, OneOf, RawString } from '../../http/contract.ts'

/** Whose way of telling about deliveries a relay speaks. */
export const receiptKinds = ['ses', 'sendgrid', 'mailgun', 'postmark'] as const
export type ReceiptKind = (typeof receiptKinds)[number]

const TopicArn = Type.String({
  pattern: '^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}$',
  description: 'ses: the only topic that is believed; null: any whose signature holds',
})

/** Write-only `secret`: sendgrid the verification key, mailgun the signing key, postmark the password of the address. */
export const ReceiptsGiven = Nullable(
  Obj({
    kind: OneOf(receiptKinds),
    secret: Type.Optional(RawString({ minLength: 8, maxLength: 1024 })),
    topic_arn: Type.Optional(Nullable(TopicArn)),
  }),
)

export const Receipts = Nullable(
  Obj({
    kind: OneOf(receiptKinds),
    has_secret: Type.Boolean(),
    topic_arn: Nullable(Type.String()),
  }),
)

/** How the provider's calls have fared so far. */
export const ReceiptCounts = Nullable(
  Obj({
    received: Type.Integer(),
    received_at: Nullable(Type.String({ format: 'date-time' })),
    refused: Type.Integer({ description: 'Calls whose signature did not hold' }),
    refused_at: Nullable(Type.String({ format: 'date-time' })),
  }),
)
