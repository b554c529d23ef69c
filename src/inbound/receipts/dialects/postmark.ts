import { createHash, timingSafeEqual } from 'node:crypto'
import {
  codeIn,
  type Dialect,
  messageIdIn,
  objectOf,
  parseJson,
  type ReceiptEvent,
  textOf,
} from './dialect.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const hints: Readonly<Record<string, string>> = {
  hardbounce: 'unknown_user',
  bademailaddress: 'unknown_user',
  manuallydeactivated: 'disabled',
  softbounce: 'server',
  dnserror: 'unknown_domain',
  transient: 'server',
  spamnotification: 'spam',
  blocked: 'policy',
  dmarcpolicy: 'authentication',
  inboundlerror: 'server',
}
/** Kinds of "bounces" that are none. */
const harmless = new Set([
  'autoresponder',
  'addresschange',
  'challengeverification',
  'openrelaytest',
  'subscribe',
  'unsubscribe',
  'virusnotification',
])

const base = (event: Readonly<Record<string, unknown>>) => ({
  messageId: messageIdIn(
    objectOf(event['Metadata'])['campanile_message'],
    objectOf(event['Metadata'])['campanile-message'],
  ),
  returnPath: null,
  providerRef: textOf(event['MessageID'], 200) || null,
})

const toEvent = (event: Readonly<Record<string, unknown>>): ReceiptEvent[] => {
  const record = textOf(event['RecordType'])
  const type = textOf(event['Type']).toLowerCase()
  const told = { ...base(event), address: textOf(event['Email'] ?? event['Recipient'], 320) || null }
  const details = textOf(event['Details']) || textOf(event['Description'])
  const eventId = `${record}:${textOf(event['ID']) || `${textOf(event['MessageID'], 200)}:${textOf(event['Recipient'], 320)}`}`
  if (record === 'SpamComplaint' || type === 'spamcomplaint')
    return [{ ...told, eventId, kind: 'complaint', code: '', text: 'abuse', hint: null }]
  if (record === 'Delivery')
    return [{ ...told, eventId, kind: 'delivered', code: '', text: details, hint: null }]
  if (record !== 'Bounce' || harmless.has(type)) return []
  const kind = type === 'transient' ? 'delayed' : 'bounce'
  return [{ ...told, eventId, kind, code: codeIn(details), text: details, hint: hints[type] ?? 'unknown' }]
}

/** Postmark signs nothing: the password in the address it calls (basic authentication) is what tells it apart. */
export const postmark: Dialect = {
  verify: async ({ headers }, source) => {
    const given = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(headers['authorization'] ?? '')?.[1]
    if (!given || source.secret === null) return false
    const credentials = Buffer.from(given, 'base64').toString('utf8')
    const password = credentials.slice(credentials.indexOf(':') + 1)
    return timingSafeEqual(digest(password), digest(source.secret))
  },
  read: (body) => toEvent(objectOf(parseJson(body))),
}
