import Type, { type Static } from 'typebox'
import { Id, Nullable, Obj, OneOf, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'

const Channel = OneOf(['email', 'sms'])

/** A message that stayed here because this installation has no relay, or no route for SMS. */
export const KeptMessage = Obj({
  id: Id,
  channel: Channel,
  kind: Type.String(),
  to: Type.String(),
  from: Type.String(),
  subject: Nullable(Type.String()),
  text: Type.String(),
  code: Nullable(Type.String()),
  link: Nullable(Type.String()),
  received_at: Timestamp,
})
export type KeptMessage = Static<typeof KeptMessage>

/**
 * Development on loopback alone: whoever sits at the machine reads the codes and links that the system wrote, so that a
 * person without a mail server can sign in (security.md §7). Elsewhere this path does not exist.
 */
export const listKeptMessages = route({
  method: 'GET',
  path: '/system-mailbox/messages',
  summary: 'Codes and links that stayed here, newest first; development on loopback only, elsewhere 404',
  tag: 'Simulator',
  access: 'public',
  query: Obj({ ...pageQuery, channel: Type.Optional(Channel) }),
  reply: { 200: Page(KeptMessage) },
})
