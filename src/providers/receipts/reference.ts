import type { RenderedMessage } from '../../channels/channel.ts'
import type { ReceiptKind } from './contract.ts'

/** The field in which a provider takes a value of ours and returns it with every event. */
const fields: Readonly<Record<ReceiptKind, (messageId: string) => string>> = {
  ses: (id) => `X-SES-MESSAGE-TAGS: campanile_message=${id}`,
  sendgrid: (id) => `X-SMTPAPI: {"unique_args":{"campanile_message":"${id}"}}`,
  mailgun: (id) => `X-Mailgun-Variables: {"campanile_message":"${id}"}`,
  postmark: (id) => `X-PM-Metadata-campanile-message: ${id}`,
}

/**
 * Our message id travels as the provider's own reference (sending.md §11.1). The field stands before the others, where no
 * signature covers it, because the provider takes it out again.
 */
export const withReference = (
  kind: ReceiptKind,
  batch: readonly RenderedMessage[],
): readonly RenderedMessage[] =>
  batch.map((message) => ({
    ...message,
    raw: Buffer.concat([Buffer.from(`${fields[kind](message.messageId)}\r\n`), message.raw]),
  }))
