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
} from '../http/contract.ts'

export const approvalKinds = [
  'mfa_reset',
  'ip_exception',
  'operator_mfa_reset',
  'impersonation_write',
] as const
export type ApprovalKindName = (typeof approvalKinds)[number]
export const approvalStates = [
  'pending',
  'approved',
  'rejected',
  'expired',
  'withdrawn',
  'voided',
  'executed',
] as const
export type ApprovalState = (typeof approvalStates)[number]

const Person = Obj({ id: Id, name: Type.String(), staff: Type.Boolean() })

export const Approval = Obj({
  id: Id,
  kind: OneOf(approvalKinds),
  object: Obj({ type: Type.String(), id: Id, name: Type.String() }),
  account: Obj({ id: Id, name: Type.String() }),
  requested_by: Person,
  reason: Type.String(),
  /** What the decider should see, without secrets: ticket, evidence, address, hours. */
  summary: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
  ),
  state: OneOf(approvalStates),
  decided_by: Nullable(Person),
  decided_at: Nullable(Timestamp),
  comment: Nullable(Type.String()),
  void_reason: Nullable(Type.String()),
  executes_at: Nullable(Timestamp),
  expires_at: Timestamp,
  created_at: Timestamp,
  /** The caller may approve and reject; else the reason why not. */
  may_decide: Type.Boolean(),
})
export type Approval = Static<typeof Approval>

const listQuery = Obj({
  ...pageQuery,
  state: Type.Optional(OneOf(approvalStates)),
  mine: Type.Optional(Type.Boolean()),
})
const Decision = Obj({ comment: Type.Optional(Type.String({ maxLength: 1000 })) })
/** The decision, and what it sets off where no delay runs. */
const approvedRecords = [
  'approval.approved',
  'approval.executed',
  'mfa.reset',
  'ip.exception',
  'impersonation.started',
] as const
const decisionProblems = ['self_approval', 'not_pending', 'approval_expired', 'revision_changed'] as const

export const listApprovals = route({
  method: 'GET',
  path: '/approvals',
  summary: 'Requests that need a second person, newest first',
  tag: 'Approvals',
  access: 'account.approvals.view',
  query: listQuery,
  reply: { 200: Page(Approval) },
})
export const getApproval = route({
  method: 'GET',
  path: '/approvals/{id}',
  summary: 'One request',
  tag: 'Approvals',
  access: 'account.approvals.view',
  params: IdParams,
  reply: { 200: Approval },
})
export const approve = route({
  method: 'POST',
  path: '/approvals/{id}/approve',
  summary: 'Approve what a colleague asked for',
  tag: 'Approvals',
  access: 'account.users.manage',
  stepUp: 'general',
  params: IdParams,
  body: Decision,
  records: approvedRecords,
  reply: { 200: Approval },
  problems: decisionProblems,
})
export const reject = route({
  method: 'POST',
  path: '/approvals/{id}/reject',
  summary: 'Refuse what a colleague asked for',
  tag: 'Approvals',
  access: 'account.users.manage',
  stepUp: 'general',
  params: IdParams,
  body: Decision,
  records: ['approval.rejected'],
  reply: { 200: Approval },
  problems: decisionProblems,
})
export const withdraw = route({
  method: 'POST',
  path: '/approvals/{id}/withdraw',
  summary: 'Take back one’s own request',
  tag: 'Approvals',
  access: 'session',
  stepUp: 'general',
  params: IdParams,
  body: Decision,
  records: ['approval.withdrawn'],
  reply: { 200: Approval },
  problems: ['not_pending'],
})
export const cancelApproval = route({
  method: 'POST',
  path: '/approvals/cancel',
  summary: 'Stop an approved act by the link of its mail, before it is carried out',
  tag: 'Approvals',
  access: 'public',
  bodyBytesMax: 65_536,
  body: Obj({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
  records: ['approval.voided'],
  reply: { 204: NoContent },
  problems: ['link_refused', 'rate_limited'],
})

export const listOperatorApprovals = route({
  method: 'GET',
  path: '/operator/approvals',
  summary: 'Requests that staff decide, of all accounts',
  tag: 'Operator',
  access: 'operator.approvals.decide',
  query: Obj({ ...pageQuery, state: Type.Optional(OneOf(approvalStates)) }),
  reply: { 200: Page(Approval) },
})
export const operatorApprove = route({
  method: 'POST',
  path: '/operator/approvals/{id}/approve',
  summary: 'Approve as a second member of staff',
  tag: 'Operator',
  access: 'operator.approvals.decide',
  stepUp: 'general',
  params: IdParams,
  body: Decision,
  records: approvedRecords,
  reply: { 200: Approval },
  problems: decisionProblems,
})
export const operatorReject = route({
  method: 'POST',
  path: '/operator/approvals/{id}/reject',
  summary: 'Refuse as a second member of staff',
  tag: 'Operator',
  access: 'operator.approvals.decide',
  stepUp: 'general',
  params: IdParams,
  body: Decision,
  records: ['approval.rejected'],
  reply: { 200: Approval },
  problems: decisionProblems,
})
