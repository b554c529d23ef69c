import { inAccount } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { unprocessable } from '../../../http/errors.ts'
import type { RunningOperation } from '../../../operations/index.ts'
import { type RowPlan, readRow, zoneOf } from '../row-reader.ts'
import { type FileRow, readRows } from '../rows.ts'
import {
  analyzeStaging,
  deleteLeftovers,
  deleteStaged,
  deleteStagedOfDoneChunks,
  insertStaged,
  markDuplicates,
  type StagedRow,
} from './queries.ts'

export const chunkRows = 10_000
const batchRows = 2_000

export type StagingPlan = {
  readonly importId: string
  readonly path: string
  readonly rows: RowPlan
  readonly rowsMax: number
}

const toStaged = (row: FileRow, ordinal: number, plan: RowPlan): StagedRow => {
  const read = readRow(row, plan)
  return {
    ...read,
    chunkNo: Math.floor(ordinal / chunkRows),
    zone: read.values.time_zone === undefined ? zoneOf(read.values.phone) : null,
  }
}

async function* dataRows(plan: StagingPlan): AsyncGenerator<FileRow[]> {
  let headingIsNext = plan.rows.format.header
  for await (const batch of readRows(plan.path, plan.rows.format)) {
    const rows = headingIsNext ? batch.slice(1) : batch
    headingIsNext = false
    for (let at = 0; at < rows.length; at += batchRows) yield rows.slice(at, at + batchRows)
  }
}

/**
 * Reads the file into the staging table, from the beginning: what an earlier attempt left is thrown away.
 * Rows are counted while reading, and nothing of the account is touched yet. Answers the number of rows.
 */
export const stageFile = async (
  deps: Deps,
  operation: RunningOperation,
  plan: StagingPlan,
): Promise<number> => {
  const { accountId } = operation
  const { importId } = plan
  await inAccount(deps.db, accountId, async (trx) => {
    await deleteLeftovers(trx, accountId)
    await deleteStaged(trx, accountId, importId)
  })
  let ordinal = 0
  for await (const batch of dataRows(plan)) {
    const staged = batch.map((row, index) => toStaged(row, ordinal + index, plan.rows))
    ordinal += batch.length
    if (ordinal > plan.rowsMax) throw unprocessable('too_many_rows', '', { limit: plan.rowsMax })
    await inAccount(deps.db, accountId, async (trx) => {
      await insertStaged(trx, accountId, importId, staged)
      await operation.advance(trx, {})
    })
  }
  await inAccount(deps.db, accountId, analyzeStaging)
  await inAccount(deps.db, accountId, async (trx) => {
    await markDuplicates(trx, accountId, importId, plan.rows.settings.duplicates)
    await deleteStagedOfDoneChunks(trx, accountId, importId)
    await operation.advance(trx, { total: ordinal, checkpoint: { staged_rows: ordinal } })
  })
  return ordinal
}
