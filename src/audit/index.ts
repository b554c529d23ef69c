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
export { record, recordElsewhere, recordOutside } from './record.ts'
