import Type, { type Static } from 'typebox'
import {
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../../http/contract.ts'

export const SuppressionDomain = Obj({
  id: Id,
  domain: Type.String(),
  with_subdomains: Type.Boolean(),
  comment: Nullable(Type.String()),
  created_at: Timestamp,
})
export type SuppressionDomain = Static<typeof SuppressionDomain>

export const listSuppressionDomains = route({
  method: 'GET',
  path: '/suppression-domains',
  summary: 'Domains that nothing is written to, newest first',
  tag: 'Contacts',
  access: 'suppressions.view',
  query: Obj(pageQuery),
  reply: { 200: Page(SuppressionDomain) },
})
export const addSuppressionDomain = route({
  method: 'POST',
  path: '/suppression-domains',
  summary: 'Write to nobody at a domain, with or without what lies below it',
  tag: 'Contacts',
  access: 'suppressions.manage',
  body: Obj({
    domain: Type.String({ minLength: 3, maxLength: 255, description: '`example.org` or `*@example.org`' }),
    with_subdomains: Type.Optional(Type.Boolean({ default: false })),
    comment: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  }),
  records: ['suppression.added'],
  reply: { 201: SuppressionDomain },
  problems: ['invalid_domain', 'duplicate'],
})
export const deleteSuppressionDomain = route({
  method: 'DELETE',
  path: '/suppression-domains/{id}',
  summary: 'Write to the domain again',
  tag: 'Contacts',
  access: 'suppressions.manage',
  params: IdParams,
  query: Obj({ reason: Type.String({ minLength: 3, maxLength: 250 }) }),
  records: ['suppression.removed'],
  reply: { 204: NoContent },
})
