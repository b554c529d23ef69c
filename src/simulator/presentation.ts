import type { SimulatorMessage, SimulatorMessageHead } from './contract.ts'
import type { MailHeadRow, MailRow } from './queries.ts'
import type { WholeMail } from './reading.ts'

export const toHead = (row: WholeMail<MailHeadRow>): SimulatorMessageHead => ({
  id: row.id,
  mailbox: row.mailbox as SimulatorMessageHead['mailbox'],
  channel: 'email',
  received_at: row.received_at.toISOString(),
  origin: row.origin as SimulatorMessageHead['origin'],
  message_id: row.message_id,
  campaign_id: row.campaign_id,
  from: { email: row.from_address, name: row.from_name },
  to: { email: row.to_address, name: row.to_name },
  envelope_from: row.envelope_from,
  subject: row.subject,
  size: row.size,
  attachments: row.attachments,
  links: row.links as SimulatorMessageHead['links'],
  list_unsubscribe: row.list_unsubscribe as SimulatorMessageHead['list_unsubscribe'],
  authentication: row.authentication,
  events: row.events.map(({ kind, at, detail }) => ({
    kind: kind as SimulatorMessageHead['events'][number]['kind'],
    at: new Date(at).toISOString(),
    detail,
  })),
})

export const toMessage = (row: WholeMail<MailRow>): SimulatorMessage => ({
  ...toHead(row),
  text: row.text_body,
  html: row.html_body,
  headers: row.headers as SimulatorMessage['headers'],
})
