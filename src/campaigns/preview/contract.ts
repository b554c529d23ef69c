import Type, { type Static } from 'typebox'
import { ContentInput } from '../../content/contract.ts'
import { Count, Empty, Id, IdParams, Nullable, Obj, OneOf, route, Timestamp } from '../../http/contract.ts'

const shared = { tag: 'Campaigns', entitlement: 'channel.email' } as const

/** A place in a template, counted from 1. */
export const TemplateError = Obj({
  pointer: Type.String({ description: 'The member, as /content/html' }),
  line: Type.Integer(),
  column: Type.Integer(),
  reason: Type.String(),
})
export type TemplateError = Static<typeof TemplateError>

export const Preview = Obj({
  /** The contact whose data fill the message; null: nobody there, values are empty. */
  contact: Nullable(
    Obj({ id: Id, name: Type.String(), email: Nullable(Type.String({ description: 'Masked when needed' })) }),
  ),
  /** Neighbours in the audience, or among all contacts while it is empty. */
  previous_contact_id: Nullable(Id),
  next_contact_id: Nullable(Id),
  from: Obj({ name: Type.String(), email: Nullable(Type.String()) }),
  reply_to: Nullable(Type.String()),
  subject: Type.String(),
  preheader: Type.String(),
  text: Type.String(),
  /** HTML view on CONTENT_URL, to be shown in a sandboxed frame. */
  url: Nullable(Type.String()),
  html_bytes: Count,
  missing: Type.Array(Type.String({ description: 'Variables without a value for this contact' })),
  errors: Type.Array(TemplateError),
})
export type Preview = Static<typeof Preview>

export const previewCampaign = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}/preview',
  summary: 'The message as one contact gets it',
  access: 'email.campaigns.view',
  params: IdParams,
  query: Obj({ contact_id: Type.Optional(Id) }),
  reply: { 200: Preview },
})

export const checkContent = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/render-check',
  summary: 'Check content while it is written; nothing is stored',
  access: 'email.campaigns.edit',
  body: Obj({ content: ContentInput }),
  bodyBytesMax: 4 * 1024 * 1024,
  records: { nothing: 'looks and changes nothing' },
  reply: {
    200: Obj({
      ok: Type.Boolean(),
      errors: Type.Array(TemplateError),
      /** Forbidden elements and attributes found in the HTML. */
      dangerous: Type.Array(Type.String()),
      variables: Type.Array(Type.String()),
      html_bytes: Count,
    }),
  },
})

export const TestSend = Obj({
  to: Type.Array(Type.String({ minLength: 3, maxLength: 254 }), {
    minItems: 1,
    maxItems: 10,
    uniqueItems: true,
  }),
  contact_id: Type.Optional(Nullable(Id)),
  mark_as_test: Type.Optional(Type.Boolean({ default: false })),
})
export type TestSend = Static<typeof TestSend>
export const testCampaign = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/test',
  sends: true,
  summary: 'Send test messages; they never count in reports',
  access: 'email.campaigns.edit',
  params: IdParams,
  body: TestSend,
  records: ['campaign.tested'],
  reply: {
    202: Obj({
      data: Type.Array(
        Obj({
          id: Id,
          to: Type.String(),
          status: OneOf(['planned', 'claimed', 'handed', 'accepted', 'rejected', 'uncertain', 'suppressed']),
        }),
      ),
    }),
  },
  problems: ['rate_limited', 'template_error', 'email_invalid', 'preflight_failed', 'no_route'],
})

export const AudienceCount = Obj({
  audience: Count,
  reachable: Count,
  suppressed_by_reason: Type.Record(Type.String(), Count),
  as_of: Timestamp,
})
export type AudienceCount = Static<typeof AudienceCount>
export const countAudience = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/count',
  summary: 'Whom the campaign would reach now, and why not the others',
  access: 'email.campaigns.view',
  params: IdParams,
  body: Empty,
  records: { nothing: 'counts and changes nothing' },
  reply: { 200: AudienceCount },
})
export const sampleAudience = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}/audience-sample',
  summary: 'Up to 10 contacts that would be reached, or are suppressed for one reason',
  access: 'email.campaigns.view',
  params: IdParams,
  query: Obj({ reason: Type.Optional(Type.String({ maxLength: 64 })) }),
  reply: {
    200: Obj({
      data: Type.Array(Obj({ contact_id: Id, name: Type.String(), address: Nullable(Type.String()) })),
    }),
  },
})
export const countMissingValues = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/missing-values',
  summary: 'How many contacts of the audience lack a value that the content shows',
  access: 'email.campaigns.view',
  params: IdParams,
  body: Empty,
  records: { nothing: 'counts and changes nothing' },
  reply: {
    200: Obj({
      contacts: Count,
      variables: Type.Array(Obj({ name: Type.String(), contacts: Count })),
    }),
  },
})
