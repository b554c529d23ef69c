import Type, { type Static } from 'typebox'
import { Nullable, Obj, OneOf, RawString } from '../http/contract.ts'

const subject = Type.String({ minLength: 1, maxLength: 500 })
const preheader = Type.String({ maxLength: 250 })
const html = RawString({ maxLength: 500_000 })
const text = RawString({ maxLength: 200_000 })
const replyTo = Type.String({ maxLength: 254 })
const fromName = Type.String({ maxLength: 150 })
const utmValue = Type.String({ maxLength: 100 })
const onMissing = OneOf(['empty', 'skip', 'block'])

/** What a message says, email.md §19.1. A member left out of a PATCH stays. */
export const ContentInput = Obj({
  subject: Type.Optional(subject),
  preheader: Type.Optional(preheader),
  html: Type.Optional(Nullable(html)),
  text: Type.Optional(Nullable(text)),
  reply_to: Type.Optional(Nullable(replyTo)),
  from_name: Type.Optional(Nullable(fromName)),
  tracking: Type.Optional(
    Obj({
      opens: Type.Optional(Type.Boolean({ default: true })),
      clicks: Type.Optional(Type.Boolean({ default: true })),
      anonymous: Type.Optional(Type.Boolean({ default: false })),
    }),
  ),
  utm: Type.Optional(
    Nullable(
      Obj({
        source: Type.Optional(utmValue),
        medium: Type.Optional(utmValue),
        campaign: Type.Optional(utmValue),
        content: Type.Optional(utmValue),
      }),
    ),
  ),
  on_missing: Type.Optional(onMissing),
  web_version: Type.Optional(Type.Boolean({ default: true })),
})
export type ContentInput = Static<typeof ContentInput>

export const Content = Obj({
  subject: Type.String(),
  preheader: Type.String(),
  html: Type.String(),
  text: Nullable(Type.String({ description: 'null: made from the HTML' })),
  reply_to: Nullable(Type.String()),
  from_name: Nullable(Type.String()),
  tracking: Obj({ opens: Type.Boolean(), clicks: Type.Boolean(), anonymous: Type.Boolean() }),
  utm: Nullable(
    Obj({ source: Type.String(), medium: Type.String(), campaign: Type.String(), content: Type.String() }),
  ),
  on_missing: onMissing,
  web_version: Type.Boolean(),
})
export type Content = Static<typeof Content>
