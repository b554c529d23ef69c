import Type from 'typebox'
import { Approval } from '../../approvals/contract.ts'
import { Id, IdParams, Obj, route } from '../../http/contract.ts'
import { Session } from '../../security/contract.ts'

export const startImpersonation = route({
  method: 'POST',
  path: '/operator/accounts/{id}/impersonation',
  summary: 'See an account as one of its users does, for at most 30 minutes, reading only',
  tag: 'Operator',
  access: 'operator.support.enter',
  stepUp: 'general',
  params: IdParams,
  body: Obj({
    user_id: Id,
    reason: Type.String({ minLength: 10, maxLength: 500 }),
    minutes: Type.Integer({ minimum: 1, maximum: 30 }),
    write: Type.Optional(Type.Boolean({ description: 'Needs the approval of a second member of staff' })),
  }),
  records: ['impersonation.started', 'approval.requested'],
  reply: {
    200: Obj({ session: Session }),
    202: Obj({ approval: Approval }),
  },
  problems: ['impersonation_forbidden', 'sign_in_refused', 'already_pending'],
})

export const endImpersonation = route({
  method: 'DELETE',
  path: '/operator/impersonation',
  summary: 'Go back to the own session of the operator',
  tag: 'Operator',
  access: 'session',
  whileSuspended: true,
  records: ['impersonation.ended'],
  reply: { 200: Obj({ session: Session }) },
  problems: ['not_impersonating'],
})
