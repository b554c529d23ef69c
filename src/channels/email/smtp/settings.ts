import Type, { type Static } from 'typebox'

/** What a relay needs; `password` is kept sealed. */
export const SmtpSettings = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    tls: Type.Unsafe<'starttls' | 'tls' | 'none'>({ type: 'string', enum: ['starttls', 'tls', 'none'] }),
    username: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    /** `xoauth2`: the password is an access token (OAuth 2). */
    auth: Type.Optional(
      Type.Unsafe<'password' | 'xoauth2'>({ type: 'string', enum: ['password', 'xoauth2'] }),
    ),
    ehlo_name: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    /** Own limit of the provider below the adapter's. */
    concurrent: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  { additionalProperties: false },
)
export type SmtpSettings = Static<typeof SmtpSettings>

export type SmtpTimeouts = {
  readonly connectMs: number
  readonly greetingMs: number
  readonly commandMs: number
  readonly dataMs: number
}
export const smtpTimeouts: SmtpTimeouts = {
  connectMs: 10_000,
  greetingMs: 10_000,
  commandMs: 30_000,
  dataMs: 120_000,
}
