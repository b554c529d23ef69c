import Type, { type Static } from 'typebox'
import { Id, IdParams, Nullable, Obj, OneOf, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'

const tag = 'Bounces'
const Person = Nullable(Obj({ id: Id, name: Type.String() }))

/** Somebody knows that an address works in spite of its bounces; somebody else decides. */
export const AllowRequest = Obj({
  id: Id,
  address: Type.String(),
  substantiation: Type.String(),
  state: OneOf(['pending', 'accepted', 'rejected']),
  comment: Nullable(Type.String()),
  requested_by: Person,
  decided_by: Person,
  decided_at: Nullable(Timestamp),
  allowed_until: Nullable(Timestamp),
  created_at: Timestamp,
  version: Type.Integer(),
})
export type AllowRequest = Static<typeof AllowRequest>

export const listAllowRequests = route({
  method: 'GET',
  path: '/suppressions/allow-requests',
  summary: 'Requests to let addresses through in spite of their bounces, newest first',
  tag,
  access: 'suppressions.view',
  query: Obj({ ...pageQuery, state: Type.Optional(OneOf(['pending', 'accepted', 'rejected'])) }),
  reply: { 200: Page(AllowRequest) },
})
export const createAllowRequest = route({
  method: 'POST',
  path: '/suppressions/allow-requests',
  summary: 'Ask that an address be let through for 90 days; refused at once where only the person may decide',
  tag,
  access: 'suppressions.manage',
  body: Obj({
    address: Type.String({ minLength: 3, maxLength: 320 }),
    substantiation: Type.String({ minLength: 10, maxLength: 1000 }),
  }),
  records: ['allow_request.created'],
  reply: { 201: AllowRequest },
  problems: ['email_invalid', 'public_domain_refused', 'immutable', 'already_pending'],
})
const Decision = Obj({ comment: Type.Optional(Nullable(Type.String({ maxLength: 500 }))) })
export const acceptAllowRequest = route({
  method: 'POST',
  path: '/suppressions/allow-requests/{id}/accept',
  summary: 'Let the address through for 90 days; never by whoever asked',
  tag,
  access: 'suppressions.allow',
  params: IdParams,
  body: Decision,
  records: ['allow_request.accepted'],
  reply: { 200: AllowRequest },
  problems: ['self_approval', 'not_pending'],
})
export const rejectAllowRequest = route({
  method: 'POST',
  path: '/suppressions/allow-requests/{id}/reject',
  summary: 'Leave the address suppressed; never by whoever asked',
  tag,
  access: 'suppressions.allow',
  params: IdParams,
  body: Decision,
  records: ['allow_request.rejected'],
  reply: { 200: AllowRequest },
  problems: ['self_approval', 'not_pending'],
})
