export {
  type Accounting,
  type Counts,
  readAccounting,
  readCounts,
  readRatePerHour,
} from './accounting/accounting.ts'
export { type CountedAnswer, noteRunAnswers } from './answers/answers.ts'
export { readPace } from './answers/pace.ts'
export { mergeAnswers, readLastAnswers } from './answers/queries.ts'
export { findWaiting } from './engine/claim/queries.ts'
export type { Admission, AdmissionRow, NotedAnswer, OutboundRoute, ResolveRoutes } from './engine/outbound.ts'
export type { NoteRefusals, Refusal } from './engine/refusals.ts'
export { type Sender, type SenderParts, startSender } from './engine/sender.ts'
export { saveLimitingFactor } from './engine/sources/queries.ts'
export { replayJournals } from './journal/replay.ts'
export { planTestMessage, planTransactional, runMonthOf, toLedgerRow } from './ledger/ledger.ts'
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
  stopRows,
  withholdRows,
} from './queue/queries.ts'
export {
  applyLaterAnswers,
  changeBounceClasses,
  flagMessage,
  insertMessageEvents,
  type LaterAnswer,
  lockMessages,
  type StandingMessage,
} from './receipts/queries.ts'
export { findOpenRows } from './recovery/open-rows/open-rows.ts'
export { recoverExpiredLeases, resolveOverdueUncertain } from './recovery/recover.ts'
export type { MessageSource, PreparedSource, RecipientRow, Rendering, SourceKind } from './source.ts'
export { startSenderThreads } from './threads/supervisor.ts'
export { runSenderThread } from './threads/thread.ts'
export { type Asker, askAboutUncertain, type FindAsker } from './uncertain/ask.ts'
export { markAccepted, markMissed, repeatRows } from './uncertain/queries.ts'
