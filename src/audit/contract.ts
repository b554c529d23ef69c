import Type, { type Static } from 'typebox'
import { type AuditAction, auditActions, auditSections } from '../http/audit-actions/contract.ts'
import {
  Count,
  Empty,
  Id,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

export const actorTypes = ['user', 'api_key', 'support', 'parent', 'system', 'visitor'] as const
const results = ['ok', 'denied', 'error'] as const
const Action = Type.Unsafe<AuditAction>({ type: 'string', enum: [...auditActions] })
const Section = OneOf(auditSections)
const Values = Nullable(Type.Record(Type.String(), Type.Unknown()))
const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hexadecimal' })

export const AuditRecord = Obj({
  seq: Seq,
  at: Type.String({ format: 'date-time', description: 'UTC, ISO 8601 with microseconds' }),
  section: Section,
  action: Action,
  actor: Obj({
    type: OneOf(actorTypes),
    id: Nullable(Type.String()),
    name: Nullable(Type.String({ description: 'Null once the personal data of the person were erased' })),
    login: Nullable(Type.String()),
    on_behalf_of: Nullable(Type.String()),
  }),
  object: Nullable(Obj({ type: Type.String(), id: Nullable(Type.String()) })),
  result: OneOf(results),
  reason: Nullable(Type.String()),
  address: Nullable(
    Type.String({
      description: '`unresolved` when the proxy told none; null once erased or for the program',
    }),
  ),
  agent: Nullable(Type.String()),
  session: Nullable(Type.String({ description: 'First digits of the hash of the session token' })),
  request_id: Nullable(Type.String()),
  amr: Type.Array(Type.String()),
  diff: Nullable(Obj({ before: Values, after: Values })),
  prev_hash: Hash,
  hash: Hash,
})
export type AuditRecord = Static<typeof AuditRecord>

export const auditFilter = {
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
  action: Type.Optional(Action),
  section: Type.Optional(Section),
  user_id: Type.Optional(Id),
  actor_type: Type.Optional(OneOf(actorTypes)),
  address: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'An address, a network like 203.0.113.0/24, or `unresolved`',
    }),
  ),
  object_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  result: Type.Optional(OneOf(results)),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
}
export const AuditQuery = Obj({ ...pageQuery, ...auditFilter })
export type AuditQuery = Static<typeof AuditQuery>

export const listAuditLog = route({
  method: 'GET',
  path: '/audit-log',
  summary: 'Records of the application log, newest first; the last 30 days unless a range is given',
  tag: 'Application log',
  access: 'account.audit_log.view',
  query: AuditQuery,
  reply: { 200: Page(AuditRecord) },
  problems: ['bad_address'],
})
export const SeqParams = Obj({ seq: Seq })
export const getAuditRecord = route({
  method: 'GET',
  path: '/audit-log/{seq}',
  summary: 'One record of the application log',
  tag: 'Application log',
  access: 'account.audit_log.view',
  params: SeqParams,
  reply: { 200: AuditRecord },
})
/** Own rows are visible to everybody (account.md §10). */
export const listOwnActivity = route({
  method: 'GET',
  path: '/me/activity',
  summary: 'Own records of the application log',
  tag: 'Application log',
  access: 'session',
  query: Obj({ ...pageQuery, from: auditFilter.from, to: auditFilter.to }),
  reply: { 200: Page(AuditRecord) },
})

export const verifyKinds = ['hash_mismatch', 'gap', 'truncated', 'checkpoint_mismatch'] as const
export const VerifyRange = { from_seq: Type.Optional(Seq), to_seq: Type.Optional(Seq) }
export const Verdict = Obj({
  ok: Type.Boolean(),
  checked: Count,
  head_seq: Count,
  first_bad_seq: Nullable(Type.Integer()),
  kind: Nullable(OneOf(verifyKinds)),
  checkpoints_checked: Count,
})
export type Verdict = Static<typeof Verdict>
export const verifyAuditLog = route({
  method: 'POST',
  path: '/audit-log/verify',
  summary: 'Check that no record was changed, removed or added since it was written',
  tag: 'Application log',
  access: 'account.audit_log.view',
  whileSuspended: true,
  body: Obj(VerifyRange),
  records: ['audit_log.verified'],
  reply: { 200: Verdict },
})

export const Checkpoint = Obj({
  account_id: Id,
  seq: Count,
  hash: Hash,
  count: Count,
  at: Timestamp,
  key_id: Type.String(),
  signature: Type.String({ description: 'Ed25519 over the RFC 8785 form of the other members, base64' }),
})
export type Checkpoint = Static<typeof Checkpoint>
export const listCheckpoints = route({
  method: 'GET',
  path: '/audit-log/checkpoints',
  summary: 'Signed checkpoints, newest first',
  tag: 'Application log',
  access: 'account.audit_log.view',
  query: Obj(pageQuery),
  reply: { 200: Page(Checkpoint) },
})
export const makeCheckpoint = route({
  method: 'POST',
  path: '/audit-log/checkpoints',
  summary: 'Sign the present end of the log and hand it out',
  tag: 'Application log',
  access: 'account.audit_log.view',
  whileSuspended: true,
  body: Empty,
  records: ['audit_log.checkpoint_made'],
  reply: { 201: Checkpoint },
})

export const listOperatorAuditLog = route({
  method: 'GET',
  path: '/operator/audit-log',
  summary: 'Records of the installation, or of one account',
  tag: 'Operator',
  access: 'operator.audit_log.view',
  query: Obj({ ...pageQuery, ...auditFilter, account_id: Type.Optional(Id) }),
  reply: { 200: Page(AuditRecord) },
  problems: ['bad_address'],
})
export const verifyOperatorAuditLog = route({
  method: 'POST',
  path: '/operator/audit-log/verify',
  summary: 'Check the log of the installation, or of one account',
  tag: 'Operator',
  access: 'operator.audit_log.view',
  body: Obj({ ...VerifyRange, account_id: Type.Optional(Id) }),
  records: ['audit_log.verified'],
  reply: { 200: Verdict },
})
