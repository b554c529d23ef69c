export {
  type EntryRules,
  entryRules,
  type ParsedEntry,
  parseEntry,
  readEntry,
  readEntryList,
} from './entry.ts'
export { findBreakGlassCode, giveCodes, spendBreakGlassCode } from './exceptions/break-glass.ts'
export { breakGlassMs, exceptionHoursMax, openException, readSingleAddress } from './exceptions/exception.ts'
export { judgeAddress, judgeKeyAddress, type KeyQuestion } from './judgement.ts'
export { confirmBySignIn } from './lists/pending.ts'
export { storeConfirmed } from './lists/store-confirmed.ts'
export { sweepNetworks } from './lists/sweep.ts'
export type { Scope } from './rules.ts'
export type { Judgement, Question } from './verdict.ts'
