import Type from 'typebox'
import { Empty, Obj, OneOf, RawString, route } from '../../http/contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Token = Type.String({ minLength: 1, maxLength: 200 })

export const signUp = route({
  method: 'POST',
  path: '/sign-up',
  summary: 'Ask for an account of one’s own; the answer tells nothing about the address',
  tag: 'Sign-up',
  access: 'public',
  records: { whenChanged: ['signup.requested'] },
  bodyBytesMax: 65_536,
  body: Obj({
    email: Type.String({ minLength: 3, maxLength: 254 }),
    account_name: Type.String({ minLength: 2, maxLength: 120 }),
    first_name: Name,
    last_name: Name,
    language: Type.Optional(OneOf(['en', 'pl', 'de'])),
    terms: Type.Literal(true),
    proof: Type.Optional(
      Obj({
        puzzle: Type.String({ minLength: 1, maxLength: 300 }),
        nonce: Type.String({
          minLength: 1,
          maxLength: 64,
          description:
            'Text for which SHA-256 of `<puzzle>.<nonce>` begins with as many zero bits as the first part of the puzzle says',
        }),
      }),
    ),
  }),
  reply: { 202: Empty },
  problems: ['not_found', 'puzzle_required', 'rate_limited'],
})
export const inspectActivation = route({
  method: 'POST',
  path: '/activation/inspect',
  summary: 'What the activation page shows; consumes nothing',
  tag: 'Links',
  access: 'public',
  records: { nothing: 'it looks at a link and consumes nothing' },
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 200: Obj({ account_name: Type.String(), min_length: Type.Integer() }) },
  problems: ['link_refused'],
})
export const completeActivation = route({
  method: 'POST',
  path: '/activation/complete',
  summary: 'Choose the password of a new account; no session',
  tag: 'Links',
  access: 'public',
  records: ['signup.verified'],
  bodyBytesMax: 65_536,
  body: Obj({ token: Token, password: RawString({ minLength: 1, maxLength: 4096 }) }),
  reply: { 200: Obj({ status: OneOf(['activated']), login: Type.String() }) },
  problems: ['link_refused', 'password_weak', 'busy'],
})
