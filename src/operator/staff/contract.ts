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

const OperatorKeys = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
  uniqueItems: true,
  maxItems: 50,
})
export const StaffMember = Obj({
  id: Id,
  login: Type.String(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  status: OneOf(['invited', 'active', 'disabled']),
  permissions: OperatorKeys,
  factors: Type.Array(Type.String(), { description: 'Kinds of confirmed factors' }),
  last_sign_in_at: Nullable(Timestamp),
})
export type StaffMember = Static<typeof StaffMember>

export const listStaff = route({
  method: 'GET',
  path: '/operator/staff',
  summary: 'People of the operator',
  tag: 'Operator',
  access: 'operator.staff.manage',
  stepUp: 'general',
  query: Obj(pageQuery),
  reply: { 200: Page(StaffMember) },
})

export const inviteStaff = route({
  method: 'POST',
  path: '/operator/staff',
  summary: 'Invite a person to the operator; nobody gives what he does not hold',
  tag: 'Operator',
  access: 'operator.staff.manage',
  stepUp: 'general',
  body: Obj({
    email: Type.String({ minLength: 3, maxLength: 254 }),
    first_name: Type.String({ minLength: 1, maxLength: 60 }),
    last_name: Type.String({ minLength: 1, maxLength: 60 }),
    login: Type.String({ minLength: 3, maxLength: 254 }),
    permissions: Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
    }),
  }),
  records: ['staff.invited'],
  reply: { 201: StaffMember },
  problems: ['email_taken', 'login_taken', 'escalation_refused', 'unknown_permission'],
})

export const removeStaff = route({
  method: 'DELETE',
  path: '/operator/staff/{id}',
  summary: 'Remove a person from the operator',
  tag: 'Operator',
  access: 'operator.staff.manage',
  stepUp: 'general',
  params: IdParams,
  records: ['staff.deleted'],
  reply: { 204: NoContent },
  problems: ['self_forbidden', 'last_staff'],
})
