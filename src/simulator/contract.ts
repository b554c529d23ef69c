import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

const Mailbox = OneOf(['account', 'shared'])
const Person = Obj({ email: Type.String(), name: Nullable(Type.String()) })

/** What can be done with a mail here. */
export const givenEventKinds = ['open', 'click', 'one_click', 'reply', 'spam', 'dsn', 'scan'] as const
export type GivenEventKind = (typeof givenEventKinds)[number]
/** Beside them, what simulated recipients do by themselves. */
export const simulatorEventKinds = [...givenEventKinds, 'prefetch', 'out_of_office'] as const
export type SimulatorEventKind = (typeof simulatorEventKinds)[number]
export const SimulatorEvent = Obj({
  kind: OneOf(simulatorEventKinds),
  at: Timestamp,
  detail: Nullable(Type.String()),
})

/** Why a mail comes back: a group, or a class of email.md §11.1. */
export const dsnClasses = [
  'hard',
  'soft',
  'spam',
  'unknown_user',
  'unknown_domain',
  'disabled',
  'mailbox_full',
  'server',
  'timeout',
  'too_large',
  'policy',
  'reputation',
  'authentication',
] as const
export type DsnClass = (typeof dsnClasses)[number]

const headMembers = {
  id: Id,
  mailbox: Mailbox,
  channel: OneOf(['email']),
  received_at: Timestamp,
  origin: OneOf(['campaign', 'transactional', 'test', 'smtp']),
  message_id: Nullable(Id),
  campaign_id: Nullable(Id),
  from: Person,
  to: Person,
  envelope_from: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  size: Count,
  attachments: Type.Array(Obj({ filename: Type.String(), content_type: Type.String(), size: Count })),
  links: Type.Array(
    Obj({
      url: Type.String(),
      text: Type.String(),
      kind: OneOf(['tracked', 'unsubscribe', 'web_version', 'plain']),
    }),
  ),
  list_unsubscribe: Nullable(
    Obj({
      https: Nullable(Type.String()),
      mailto: Nullable(Type.String()),
      one_click: Type.Boolean(),
    }),
  ),
  authentication: Nullable(
    Obj({
      dkim: Type.Array(
        Obj({ domain: Type.String(), selector: Type.String(), result: OneOf(['pass', 'fail', 'permerror']) }),
      ),
      spf: OneOf(['pass', 'none']),
      dmarc: OneOf(['pass', 'fail', 'none']),
    }),
  ),
  events: Type.Array(SimulatorEvent),
}

/** As in the list; the whole message adds body and headers. */
export const SimulatorMessageHead = Obj(headMembers)
export type SimulatorMessageHead = Static<typeof SimulatorMessageHead>
export const SimulatorMessage = Obj({
  ...headMembers,
  text: Nullable(Type.String()),
  html: Nullable(Type.String()),
  headers: Type.Array(Obj({ name: Type.String(), value: Type.String() })),
})
export type SimulatorMessage = Static<typeof SimulatorMessage>

const filters = {
  mailbox: Type.Optional(Mailbox),
  channel: Type.Optional(OneOf(['email'])),
  to: Type.Optional(Type.String({ maxLength: 254, description: 'Address, exactly' })),
  from: Type.Optional(Type.String({ maxLength: 254, description: 'Address, exactly' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'In subject, addresses and text' })),
  campaign_id: Type.Optional(Id),
  message_id: Type.Optional(Id),
  since: Type.Optional(Timestamp),
}

/** `mailbox=shared`: staff, and owners while PUBLIC_URL is loopback; staff has no mailbox of an account. */
const common = { tag: 'Simulator', access: 'sending.simulator.use', orStaff: true } as const

export const getSimulator = route({
  ...common,
  method: 'GET',
  path: '/simulator',
  summary: 'Which mailboxes the caller sees, and where other programs post mail to',
  reply: {
    200: Obj({
      mailboxes: Type.Array(Mailbox),
      smtp: Nullable(Obj({ host: Type.String(), port: Type.Integer() })),
    }),
  },
})
export const listSimulatorMessages = route({
  ...common,
  method: 'GET',
  path: '/simulator/messages',
  summary: 'The built-in mailbox, newest first',
  query: Obj({ ...pageQuery, ...filters }),
  reply: { 200: Page(SimulatorMessageHead) },
})
export const emptySimulator = route({
  ...common,
  method: 'DELETE',
  path: '/simulator/messages',
  summary: 'Empty the own mailbox, or the shared one',
  query: Obj({ mailbox: Type.Optional(Mailbox) }),
  records: { nothing: 'the simulator holds copies to look at, no data of the account' },
  reply: { 204: NoContent },
})
export const getSimulatorMessage = route({
  ...common,
  method: 'GET',
  path: '/simulator/messages/{id}',
  summary: 'One message with body and headers',
  params: IdParams,
  reply: { 200: SimulatorMessage },
})
export const deleteSimulatorMessage = route({
  ...common,
  method: 'DELETE',
  path: '/simulator/messages/{id}',
  summary: 'Delete one message',
  params: IdParams,
  records: { nothing: 'the simulator holds copies to look at, no data of the account' },
  reply: { 204: NoContent },
})
export const getSimulatorSource = route({
  ...common,
  method: 'GET',
  path: '/simulator/messages/{id}/raw',
  summary: 'The message as it arrived, byte for byte',
  params: IdParams,
  replyType: 'message/rfc822',
  reply: { 200: Type.String() },
})
export const getSimulatorAttachment = route({
  ...common,
  method: 'GET',
  path: '/simulator/messages/{id}/attachments/{position}',
  summary: 'One attachment; `position` counts from 0',
  params: Obj({ id: Id, position: Type.Integer({ minimum: 0, maximum: 10_000 }) }),
  replyType: 'application/octet-stream',
  reply: { 200: Type.String() },
})
export const previewSimulatorMessage = route({
  ...common,
  method: 'GET',
  path: '/simulator/messages/{id}/preview',
  summary: 'Address of the HTML view on the content origin, good for 10 minutes',
  params: IdParams,
  reply: { 200: Obj({ url: Type.String(), expires_at: Timestamp }) },
})
export const createSimulatorEvent = route({
  ...common,
  method: 'POST',
  path: '/simulator/events',
  summary:
    'Do with a mail what its recipient would do; `click` without `url` takes the first tracked link, `dsn` without `class` is `hard`',
  body: Obj({
    id: Id,
    kind: OneOf(givenEventKinds),
    url: Type.Optional(Type.String({ minLength: 1, maxLength: 8192, description: 'With `click`' })),
    text: Type.Optional(Type.String({ maxLength: 1_000, description: 'With `reply`' })),
    class: Type.Optional(OneOf(dsnClasses)),
  }),
  records: { nothing: 'does what a reader would do; that is counted where readers are' },
  reply: { 201: Obj({ id: Id, kind: OneOf(givenEventKinds), at: Timestamp }) },
})
