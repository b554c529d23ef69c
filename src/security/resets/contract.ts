import Type from 'typebox'
import { Approval } from '../../approvals/contract.ts'
import { Id, IdParams, NoContent, Obj, OneOf, route } from '../../http/contract.ts'

const Reason = Type.String({ minLength: 1, maxLength: 1000 })

export const resetUserMfa = route({
  method: 'POST',
  path: '/users/{id}/mfa/reset',
  summary: 'Take all second factors from a user and send him an enrolment link',
  tag: 'Security',
  access: 'account.users.manage',
  stepUp: 'general',
  params: IdParams,
  body: Obj({ reason: Reason }),
  records: ['mfa.reset', 'mfa.reset_requested', 'approval.requested'],
  reply: {
    200: Obj({ status: OneOf(['done']) }),
    202: Obj({ status: OneOf(['pending_approval']), approval: Approval }),
  },
  problems: ['self_forbidden', 'already_pending'],
})

export const vouchForUser = route({
  method: 'POST',
  path: '/users/{id}/vouch',
  summary: 'Vouch for a user whose session is limited after a reset; the limit ends',
  tag: 'Security',
  access: 'account.users.manage',
  stepUp: 'general',
  params: IdParams,
  body: Obj({ reason: Reason }),
  records: ['mfa.vouched'],
  reply: { 204: NoContent },
  problems: ['self_forbidden', 'not_limited'],
})

export const requestOperatorMfaReset = route({
  method: 'POST',
  path: '/operator/accounts/{id}/users/{user_id}/mfa-reset',
  summary: 'Ask for a reset of a user’s second factors; a second member of staff decides',
  tag: 'Operator',
  access: 'operator.support.enter',
  stepUp: 'general',
  params: Obj({ id: Id, user_id: Id }),
  body: Obj({
    ticket: Type.String({ minLength: 1, maxLength: 120 }),
    evidence: Type.String({ minLength: 1, maxLength: 2000 }),
  }),
  records: ['mfa.reset_requested', 'approval.requested'],
  reply: { 202: Obj({ approval: Approval }) },
  problems: ['already_pending', 'self_forbidden'],
})
