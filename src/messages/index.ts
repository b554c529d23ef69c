export { type Accounting, type Counts, readAccounting, readCounts, readRatePerHour } from './accounting/accounting.ts'
export { planTestMessage, runMonthOf, toLedgerRow } from './ledger/ledger.ts'
export { type LedgerFilter, listLedgerRows, planChunk, suppressOpenRows } from './ledger/queries.ts'
export type { MessageSource, PreparedSource, RecipientRow, Rendering, SourceKind } from './source.ts'
