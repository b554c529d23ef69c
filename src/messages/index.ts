export {
  type Accounting,
  type Counts,
  readAccounting,
  readCounts,
  readRatePerHour,
} from './accounting/accounting.ts'
export type { Admission, AdmissionRow, NotedAnswer, OutboundRoute, ResolveRoutes } from './engine/outbound.ts'
export type { NoteRefusals, Refusal } from './engine/refusals.ts'
export { type Sender, startSender } from './engine/sender.ts'
export { planTestMessage, runMonthOf, toLedgerRow } from './ledger/ledger.ts'
export {
  type HashBlocks,
  type LedgerFilter,
  listLedgerRows,
  planChunk,
  suppressOpenRows,
} from './ledger/queries.ts'
export {
  domainOf,
  enqueueRows,
  everyRow,
  type RowChoice,
  type Run,
  releaseRows,
  withholdRows,
} from './queue/queries.ts'
export { recoverExpiredLeases, resolveOverdueUncertain } from './recovery/recover.ts'
export type { MessageSource, PreparedSource, RecipientRow, Rendering, SourceKind } from './source.ts'
