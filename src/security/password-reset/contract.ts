import Type from 'typebox'
import { Empty, NoContent, Obj, RawString, route } from '../../http/contract.ts'

const Token = Type.String({ minLength: 1, maxLength: 200 })

export const requestPasswordReset = route({
  method: 'POST',
  path: '/password-reset',
  summary: 'Ask for a link to a new password; the answer tells nothing about the login',
  tag: 'Links',
  access: 'public',
  records: { whenChanged: ['password.reset_requested'] },
  bodyBytesMax: 65_536,
  body: Obj({ login: Type.String({ minLength: 1, maxLength: 254 }) }),
  reply: { 202: Empty },
})
export const inspectPasswordReset = route({
  method: 'POST',
  path: '/password-reset/inspect',
  summary: 'How long the new password must be; consumes nothing',
  tag: 'Links',
  access: 'public',
  records: { nothing: 'it looks at a link and consumes nothing' },
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 200: Obj({ min_length: Type.Integer() }) },
  problems: ['link_refused'],
})
export const completePasswordReset = route({
  method: 'POST',
  path: '/password-reset/complete',
  summary: 'Set the new password; everything signed in before ends, factors stay',
  tag: 'Links',
  access: 'public',
  records: ['password.reset'],
  bodyBytesMax: 65_536,
  body: Obj({ token: Token, password: RawString({ minLength: 1, maxLength: 4096 }) }),
  reply: { 204: NoContent },
  problems: ['link_refused', 'password_weak', 'password_reused', 'busy'],
})
