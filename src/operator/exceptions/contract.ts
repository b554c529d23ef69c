import Type from 'typebox'
import { Approval } from '../../approvals/contract.ts'
import { Id, IdParams, Obj, route } from '../../http/contract.ts'
import { entryProblems, NetworkText } from '../../security/network/contract.ts'

export const askForException = route({
  method: 'POST',
  path: '/operator/accounts/{id}/ip-exceptions',
  summary: 'Ask a second member of staff to let one user in from one address, onto security pages only',
  tag: 'Operator',
  access: 'operator.support.enter',
  stepUp: 'general',
  params: IdParams,
  body: Obj({
    user_id: Id,
    address: NetworkText,
    hours: Type.Integer({ minimum: 1, maximum: 24 }),
    ticket: Type.String({ minLength: 1, maxLength: 120 }),
    evidence: Type.String({ minLength: 1, maxLength: 2000, description: 'How the person proved who he is' }),
  }),
  records: ['approval.requested'],
  reply: { 202: Obj({ approval: Approval }) },
  problems: [...entryProblems, 'already_pending'],
})
