import { createHash, createVerify } from 'node:crypto'
import {
  codeIn,
  type Dialect,
  isObject,
  listOf,
  messageIdIn,
  objectOf,
  parseJson,
  type ReceiptCall,
  type ReceiptEvent,
  returnPathIn,
  textOf,
} from './dialect.ts'

const signed = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const

/** Certificates and confirmations come from Amazon's own hosts alone. */
const amazonHost = /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?$/

export const isAmazonUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' && url.port === '' && url.username === '' && amazonHost.test(url.hostname)
}

type Envelope = Readonly<Record<string, unknown>>

/** The text that Amazon signs: names and values of the signed members, line by line. */
export const canonicalOf = (envelope: Envelope): string | null => {
  const names = signed[textOf(envelope['Type']) as keyof typeof signed]
  if (!names) return null
  return names
    .filter((name) => typeof envelope[name] === 'string')
    .map((name) => `${name}\n${String(envelope[name])}\n`)
    .join('')
}

const verifyEnvelope = (envelope: Envelope, canonical: string, certificate: string): boolean => {
  const algorithm = envelope['SignatureVersion'] === '2' ? 'RSA-SHA256' : 'RSA-SHA1'
  try {
    return createVerify(algorithm)
      .update(canonical)
      .verify(certificate, Buffer.from(textOf(envelope['Signature']), 'base64'))
  } catch {
    return false
  }
}

/** What asks to be confirmed, and where; null for everything else. */
export const confirmationIn = (body: Buffer): string | null => {
  const envelope = objectOf(parseJson(body))
  const url = textOf(envelope['SubscribeURL'])
  return envelope['Type'] === 'SubscriptionConfirmation' && isAmazonUrl(url) ? url : null
}

const bounceHints: Readonly<Record<string, string>> = {
  'permanent/noemail': 'unknown_user',
  'permanent/general': 'unknown_user',
  'permanent/suppressed': 'unknown_user',
  'permanent/onaccountsuppressionlist': 'unknown_user',
  'transient/mailboxfull': 'mailbox_full',
  'transient/messagetoolarge': 'too_large',
  'transient/contentrejected': 'spam',
  'transient/attachmentrejected': 'policy',
  'transient/general': 'server',
  'undetermined/undetermined': 'unknown',
}

type Base = Pick<ReceiptEvent, 'messageId' | 'returnPath' | 'providerRef'>

const bounceEvents = (bounce: Envelope, base: Base, eventId: string): ReceiptEvent[] => {
  const kindOf = `${textOf(bounce['bounceType'])}/${textOf(bounce['bounceSubType'])}`
  return listOf(bounce['bouncedRecipients'])
    .map(objectOf)
    .slice(0, 50)
    .map((one, n) => {
      const text = textOf(one['diagnosticCode']).replace(/^\s*smtp\s*;\s*/i, '')
      return {
        ...base,
        eventId: `${eventId}#${n}`,
        kind: 'bounce',
        address: textOf(one['emailAddress'], 320) || null,
        code: codeIn(one['status'], text),
        text: text || kindOf,
        hint: bounceHints[kindOf.toLowerCase()] ?? 'unknown',
      }
    })
}

const addressesIn = (value: unknown): string[] =>
  listOf(value).map((one) => textOf(isObject(one) ? one['emailAddress'] : one, 320))

const eventsOf = (notice: Envelope, fallbackId: string): ReceiptEvent[] => {
  const mail = objectOf(notice['mail'])
  const type = textOf(notice['eventType'] ?? notice['notificationType']).toLowerCase()
  const headers = listOf(mail['headers']).map(objectOf)
  const header = (name: string) =>
    headers.find((one) => textOf(one['name']).toLowerCase() === name)?.['value']
  const tags = objectOf(mail['tags'])
  const base: Base = {
    messageId: messageIdIn(
      listOf(tags['campanile_message'])[0],
      header('x-campanile-message'),
      header('message-id'),
      objectOf(mail['commonHeaders'])['messageId'],
    ),
    returnPath: returnPathIn(mail['source']) ?? returnPathIn(header('return-path')),
    providerRef: textOf(mail['messageId'], 200) || null,
  }
  const detail = objectOf(notice[type])
  const feedback = textOf(detail['feedbackId'], 200)
  const eventId =
    feedback || `${textOf(mail['messageId'], 200)}:${type}:${textOf(detail['timestamp'], 40) || fallbackId}`
  const plain = { ...base, eventId, code: '', text: '', hint: null }
  if (type === 'bounce') return bounceEvents(detail, base, eventId)
  if (type === 'complaint')
    return addressesIn(detail['complainedRecipients']).map((address, n) => ({
      ...plain,
      eventId: `${eventId}#${n}`,
      kind: 'complaint',
      address,
      text: textOf(detail['complaintFeedbackType'], 100) || 'abuse',
    }))
  if (type === 'delivery')
    return addressesIn(detail['recipients']).map((address, n) => ({
      ...plain,
      eventId: `${eventId}#${n}`,
      kind: 'delivered',
      address,
      text: textOf(detail['smtpResponse']),
    }))
  if (type === 'deliverydelay') return [{ ...plain, kind: 'delayed', address: null }]
  return []
}

/** Amazon SES over SNS: signed by a certificate that lies on one of Amazon's hosts. */
export const ses: Dialect = {
  verify: async ({ body }: ReceiptCall, source, certificateOf) => {
    const envelope = objectOf(parseJson(body))
    const canonical = canonicalOf(envelope)
    const url = textOf(envelope['SigningCertURL'] ?? envelope['SigningCertUrl'])
    if (canonical === null || !isAmazonUrl(url) || !new URL(url).pathname.endsWith('.pem')) return false
    if (source.topic_arn !== null && envelope['TopicArn'] !== source.topic_arn) return false
    const certificate = await certificateOf(url)
    return certificate !== null && verifyEnvelope(envelope, canonical, certificate)
  },
  read: (body) => {
    const envelope = objectOf(parseJson(body))
    if (envelope['Type'] !== 'Notification') return []
    const notice = parseJson(Buffer.from(textOf(envelope['Message'], 1_000_000)))
    const fallback = createHash('sha256')
      .update(textOf(envelope['MessageId'], 200))
      .digest('hex')
      .slice(0, 32)
    return isObject(notice) ? eventsOf(notice, fallback) : []
  },
}
