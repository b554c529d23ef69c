import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  codeIn,
  type Dialect,
  messageIdIn,
  objectOf,
  parseJson,
  type ReceiptEvent,
  textOf,
} from './dialect.ts'

const kindOf = (event: string, severity: string): ReceiptEvent['kind'] | null => {
  switch (event) {
    case 'failed':
      return severity === 'temporary' ? 'delayed' : 'bounce'
    case 'rejected':
      return 'bounce'
    case 'delivered':
      return 'delivered'
    case 'complained':
      return 'complaint'
    default:
      return null
  }
}

const hints: Readonly<Record<string, string>> = {
  bounce: 'unknown_user',
  'suppress-bounce': 'unknown_user',
  'suppress-complaint': 'policy',
  'suppress-unsubscribe': 'policy',
  espblock: 'policy',
  old: 'timeout',
}

/** Mailgun: an HMAC over time stamp and token stands in the body, events come one by one. */
export const mailgun: Dialect = {
  verify: async ({ body }, source) => {
    const { timestamp, token, signature } = objectOf(objectOf(parseJson(body))['signature'])
    if (source.secret === null || textOf(timestamp) === '' || textOf(token) === '') return false
    const expected = createHmac('sha256', source.secret)
      .update(`${textOf(timestamp)}${textOf(token)}`)
      .digest()
    const given = Buffer.from(textOf(signature), 'hex')
    return given.length === expected.length && timingSafeEqual(given, expected)
  },
  read: (body) => {
    const event = objectOf(objectOf(parseJson(body))['event-data'])
    const kind = kindOf(textOf(event['event']), textOf(event['severity']))
    const eventId = textOf(event['id'], 200)
    if (!kind || eventId === '') return []
    const status = objectOf(event['delivery-status'])
    const headers = objectOf(objectOf(event['message'])['headers'])
    const text = textOf(status['message']) || textOf(status['description']) || textOf(event['reason'])
    return [
      {
        eventId,
        kind,
        messageId: messageIdIn(objectOf(event['user-variables'])['campanile_message'], headers['message-id']),
        returnPath: null,
        providerRef: textOf(headers['message-id'], 200) || null,
        address: textOf(event['recipient'], 320) || null,
        code: codeIn(status['enhanced-code'], text, status['code']),
        text,
        hint: kind === 'bounce' ? (hints[textOf(event['reason'])] ?? 'unknown') : null,
      },
    ]
  },
}
