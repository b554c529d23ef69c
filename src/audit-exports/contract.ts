import Type from 'typebox'
import { Count, Id, IdParams, Nullable, Obj, OneOf, route, Timestamp } from '../http/contract.ts'

export const startAuditExport = route({
  method: 'POST',
  path: '/audit-log/exports',
  summary: 'Write a range of the application log to a file',
  tag: 'Application log',
  access: 'account.audit_log.export',
  stepUp: 'general',
  whileSuspended: true,
  body: Obj({ from: Timestamp, to: Timestamp, format: OneOf(['csv', 'json']) }),
  records: ['audit_log.exported'],
  reply: { 202: Obj({ id: Id }) },
  problems: ['rate_limited'],
})
export const getAuditExport = route({
  method: 'GET',
  path: '/audit-log/exports/{id}',
  summary: 'How far an export of the application log is',
  tag: 'Application log',
  access: 'account.audit_log.export',
  stepUp: 'general',
  params: IdParams,
  reply: {
    200: Obj({
      state: OneOf(['pending', 'in_progress', 'completed', 'failed', 'expired']),
      rows: Count,
      url: Nullable(Type.String()),
    }),
  },
})
export const getAuditExportFile = route({
  method: 'GET',
  path: '/audit-log/exports/{id}/file',
  summary: 'The exported file, for whoever asked for it',
  tag: 'Application log',
  access: 'account.audit_log.export',
  params: IdParams,
  replyType: 'application/octet-stream',
  reply: { 200: Type.Unknown() },
  problems: ['file_expired'],
})
