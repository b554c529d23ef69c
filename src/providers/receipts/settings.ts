import { createPublicKey } from 'node:crypto'
import type { Static } from 'typebox'
import { invalidField } from '../../http/errors.ts'
import type { ReceiptKind, ReceiptsGiven } from './contract.ts'

/** What `config` keeps of it; the secret lies with the other secrets. */
export type StoredReceipts = { readonly kind: ReceiptKind; readonly topic_arn: string | null }
export type ReceiptsRead = { readonly receipts: StoredReceipts | null; readonly secret: string | null }

const needsSecret: Readonly<Record<ReceiptKind, boolean>> = {
  ses: false,
  sendgrid: true,
  mailgun: true,
  postmark: true,
}

const isVerificationKey = (text: string): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ec'
  } catch {
    return false
  }
}

/** Merges what was given into what is stored; another kind never keeps the secret of the last. */
export const readReceipts = (
  stored: ReceiptsRead,
  given: Static<typeof ReceiptsGiven> | undefined,
): ReceiptsRead => {
  if (given === undefined) return stored
  if (given === null) return { receipts: null, secret: null }
  const { kind } = given
  const kept = stored.receipts?.kind === kind ? stored : null
  const secret = given.secret ?? kept?.secret ?? null
  if (needsSecret[kind] && secret === null)
    throw invalidField('/config/receipts/secret', 'required', 'is needed to know the provider')
  if (!needsSecret[kind] && given.secret !== undefined)
    throw invalidField(
      '/config/receipts/secret',
      'unknown_field',
      'the provider signs with its own certificate',
    )
  if (kind !== 'ses' && given.topic_arn !== undefined && given.topic_arn !== null)
    throw invalidField('/config/receipts/topic_arn', 'unknown_field', 'belongs to Amazon SES')
  if (kind === 'sendgrid' && secret !== null && !isVerificationKey(secret))
    throw invalidField('/config/receipts/secret', 'pattern', 'is no public verification key')
  const topic = given.topic_arn === undefined ? (kept?.receipts?.topic_arn ?? null) : given.topic_arn
  return { receipts: { kind, topic_arn: topic }, secret }
}
