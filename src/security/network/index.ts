export {
  type EntryRules,
  entryRules,
  type ParsedEntry,
  parseEntry,
  readEntry,
  readEntryList,
} from './entry.ts'
export {
  type Judgement,
  judgeAddress,
  judgeKeyAddress,
  type KeyQuestion,
  type Question,
  type Scope,
} from './judgement.ts'
