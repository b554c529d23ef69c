import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** A secret of the Standard Webhooks specification: 256 random bits, marked as what it is. */
export const makeSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`

const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(prefix.length), 'base64')

export type Signed = {
  /** Same over all repetitions, so that a receiver knows an event again. */
  readonly id: string
  /** Of this attempt: receivers refuse what is older than five minutes. */
  readonly at: Date
  readonly body: string
}

const signatureOf = (secret: string, text: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(text).digest('base64')}`

/** The three headers of a message; during a rotation both secrets sign, and a receiver accepts either. */
export const signatureHeaders = (
  secrets: readonly string[],
  { id, at, body }: Signed,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(secret, `${id}.${timestamp}.${body}`)).join(' '),
  }
}
