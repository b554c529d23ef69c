import { openAccountKeys } from '../../accounts/index.ts'
import type { Db, Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { AuditRecord } from '../contract.ts'
import { findAccountKey, listDueAccounts } from '../queries.ts'
import { toRecord } from './presentation.ts'
import { listEntriesBySeq, listEntriesFrom } from './queries.ts'

export type LogChunk = {
  readonly from: Date
  readonly to: Date
  readonly afterSeq: number
  readonly limit: number
}

/** Records of a time, oldest first, after a number; as the list shows them. */
export const readLogChunk = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  chunk: LogChunk,
): Promise<AuditRecord[]> => {
  const sealed = await findAccountKey(trx, accountId)
  if (!sealed) return []
  const keys = openAccountKeys(deps.keys, accountId, sealed)
  return (await listEntriesFrom(trx, accountId, chunk)).map((row) => toRecord(keys, row))
}

/** Accounts with exports past their time. */
export const logDueAccounts = (db: Db): Promise<string[]> => listDueAccounts(db, 'exports')

/** Single records by their numbers. */
export const readRecordsBySeq = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  seqs: readonly number[],
): Promise<AuditRecord[]> => {
  const sealed = await findAccountKey(trx, accountId)
  if (!sealed) return []
  const keys = openAccountKeys(deps.keys, accountId, sealed)
  return (await listEntriesBySeq(trx, accountId, seqs)).map((row) => toRecord(keys, row))
}
