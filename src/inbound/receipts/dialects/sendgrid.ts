import { createPublicKey, verify } from 'node:crypto'
import {
  codeIn,
  type Dialect,
  listOf,
  messageIdIn,
  objectOf,
  parseJson,
  type ReceiptEvent,
  textOf,
} from './dialect.ts'

const eventsMax = 5_000

const kinds: Readonly<Record<string, ReceiptEvent['kind']>> = {
  bounce: 'bounce',
  dropped: 'bounce',
  deferred: 'delayed',
  delivered: 'delivered',
  spamreport: 'complaint',
}

const dropHints: Readonly<Record<string, string>> = {
  'bounced address': 'unknown_user',
  invalid: 'unknown_user',
  'unsubscribed address': 'policy',
  'spam reporting address': 'policy',
  'spam content (if spam checker app enabled)': 'spam',
  'recipient list over package quota': 'policy',
}

const toEvent = (given: unknown): ReceiptEvent[] => {
  const event = objectOf(given)
  const kind = kinds[textOf(event['event'])]
  const eventId = textOf(event['sg_event_id'], 200)
  if (!kind || eventId === '') return []
  const reason = textOf(event['reason'] ?? event['response'])
  const dropped = event['event'] === 'dropped'
  return [
    {
      eventId,
      kind,
      messageId: messageIdIn(event['campanile_message'], event['smtp-id']),
      returnPath: null,
      providerRef: textOf(event['sg_message_id'], 200) || null,
      address: textOf(event['email'], 320) || null,
      code: codeIn(event['status'], reason),
      text: reason,
      hint: dropped
        ? (dropHints[reason.trim().toLowerCase()] ?? 'policy')
        : event['type'] === 'blocked'
          ? 'policy'
          : kind === 'bounce'
            ? 'unknown_user'
            : null,
    },
  ]
}

/** SendGrid's event webhook, signed with ECDSA over time stamp and body. */
export const sendgrid: Dialect = {
  verify: async ({ headers, body }, source) => {
    const signature = headers['x-twilio-email-event-webhook-signature']
    const timestamp = headers['x-twilio-email-event-webhook-timestamp']
    if (!signature || !timestamp || source.secret === null) return false
    try {
      const key = createPublicKey({ key: Buffer.from(source.secret, 'base64'), format: 'der', type: 'spki' })
      return verify(
        'sha256',
        Buffer.concat([Buffer.from(timestamp), body]),
        key,
        Buffer.from(signature, 'base64'),
      )
    } catch {
      return false
    }
  },
  read: (body) => listOf(parseJson(body)).slice(0, eventsMax).flatMap(toEvent),
}
