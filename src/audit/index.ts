export { type Act, byStarter, recordAct, recordActOf } from './act.ts'
export { dropOldMonths, makeDueCheckpoints } from './checkpoints/checkpoints.ts'
export {
  type AuditBy,
  type AuditEntry,
  byActor,
  bySystem,
  byUser,
  byVisitor,
  type Difference,
  difference,
} from './entry.ts'
export { type LogChunk, logDueAccounts, readLogChunk, readRecordsBySeq } from './log/chunks.ts'
export { record, recordElsewhere, recordOutside } from './record.ts'
export { auditRoutes } from './routes.ts'
export { reportChains } from './verify/report.ts'
export {
  closeAuditWindows,
  type DeniedSignIn,
  recordDenied,
  recordDeniedSignIn,
  recordHourly,
} from './windows.ts'
