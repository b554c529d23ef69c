import Type, { type Static } from 'typebox'
import {
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
} from '../../http/contract.ts'

const OperatorAccess = Obj({ impersonation: OneOf(['allowed', 'forbidden']) })

export const getOperatorAccess = route({
  method: 'GET',
  path: '/security/operator-access',
  summary: 'Whether the people of the operator may see the account as one of its users',
  tag: 'Security',
  access: 'account.security.view',
  reply: { 200: OperatorAccess },
})

export const changeOperatorAccess = route({
  method: 'PUT',
  path: '/security/operator-access',
  summary: 'Allow or forbid the operator to see the account as one of its users; open ones end',
  tag: 'Security',
  access: 'account.security.manage',
  stepUp: 'general',
  body: OperatorAccess,
  records: { whenChanged: ['operator_access.changed'] },
  reply: { 200: OperatorAccess },
})

export const SupportGrant = Obj({
  id: Id,
  granted_by: Obj({ id: Id, name: Type.String() }),
  expires_at: Timestamp,
  revoked_at: Nullable(Timestamp),
  created_at: Timestamp,
  live: Type.Boolean(),
})
export type SupportGrant = Static<typeof SupportGrant>

export const listSupportGrants = route({
  method: 'GET',
  path: '/account/support-grants',
  summary: 'Times for which the operator may see contacts, messages and files',
  tag: 'Security',
  access: 'account.support_access.manage',
  query: Obj(pageQuery),
  reply: { 200: Page(SupportGrant) },
})

export const createSupportGrant = route({
  method: 'POST',
  path: '/account/support-grants',
  summary: 'Open contacts, messages and files to the operator’s support for a while',
  tag: 'Security',
  access: 'account.support_access.manage',
  stepUp: 'general',
  body: Obj({ hours: Type.Optional(Type.Union([1, 8, 24, 168].map((hours) => Type.Literal(hours)))) }),
  records: ['support_access.granted'],
  reply: { 201: SupportGrant },
})

export const revokeSupportGrant = route({
  method: 'DELETE',
  path: '/account/support-grants/{id}',
  summary: 'Close contacts, messages and files to the operator at once',
  tag: 'Security',
  access: 'account.support_access.manage',
  params: IdParams,
  records: { whenChanged: ['support_access.revoked'] },
  reply: { 204: NoContent },
})
