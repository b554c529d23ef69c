import { Readable } from 'node:stream'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../../http/page.ts'
import { seesPersonalData, shownCell } from '../../http/personal-data.ts'
import { byteOrderMark, csvLine } from '../../lib/csv.ts'
import type { ContactWork } from '../contact.ts'
import type { ImportFormat, ImportRow } from './contract.ts'
import { getImportRecord } from './import.ts'
import { fileOf } from './import-file.ts'
import { addressColumns, shownFileCell } from './masking.ts'
import { findImport, type ImportRecord, listRowResults, type RowResult } from './queries.ts'
import { type FileRow, readRows } from './rows.ts'

const pageRows = 5_000

/** Which contact a row met would tell whose address stands in it. */
const shownContactId = (actor: Actor, row: RowResult): string | null =>
  seesPersonalData(actor) || row.result === 'inserted' ? row.contact_id : null

const toRow = (actor: Actor, row: RowResult): ImportRow => ({
  line: row.line_no,
  result: row.result as ImportRow['result'],
  code: row.code,
  field: row.field,
  contact_id: shownContactId(actor, row),
})

export const listRowPage = (
  work: ContactWork,
  id: string,
  query: PageQuery & { result?: string; code?: string },
) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    if (!(await findImport(trx, work.actor.accountId, id))) throw notFound()
    const { limit: _limit, cursor: _cursor, ...filter } = query
    const bound = ['import rows', id, filter]
    const position = readPosition(query, bound, work.now)
    const afterLine = position?.[0] ?? 0
    if (typeof afterLine !== 'number' || !Number.isSafeInteger(afterLine))
      throw new AppError('invalid_cursor', 400)
    const limit = pageLimit(query)
    const rows = await listRowResults(trx, work.actor.accountId, id, {
      ...filter,
      afterLine,
      limit: limit + 1,
    })
    return toPage(rows, {
      limit,
      filter: bound,
      now: work.now,
      position: (row) => [row.line_no],
      present: (row) => toRow(work.actor, row),
    })
  })

/** All results in the order of the file, page by page, so that a report of millions of rows needs little memory. */
async function* allResults(
  work: ContactWork,
  id: string,
  result: string | undefined,
): AsyncGenerator<RowResult> {
  let afterLine = 0
  for (;;) {
    const rows = await inAccount(work.deps.db, work.actor.accountId, (trx) =>
      listRowResults(trx, work.actor.accountId, id, {
        ...(result ? { result } : {}),
        afterLine,
        limit: pageRows,
      }),
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < pageRows) return
    afterLine = last.line_no
  }
}

async function* fullReport(work: ContactWork, id: string, separator: string): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(['line', 'result', 'code', 'field', 'contact_id'], separator)
  for await (const row of allResults(work, id, undefined))
    yield csvLine(
      [`${row.line_no}`, row.result, row.code ?? '', row.field ?? '', shownContactId(work.actor, row) ?? ''],
      separator,
    )
}

async function* flatRows(path: string, format: ImportFormat): AsyncGenerator<FileRow> {
  for await (const batch of readRows(path, format)) yield* batch
}

/** The original columns with the reason behind them, so that the file can be corrected and imported again. */
async function* rejectedReport(
  work: ContactWork,
  id: string,
  path: string,
  record: ImportRecord,
): AsyncGenerator<string> {
  const format = record.format as ImportFormat
  const kinds = addressColumns(record)
  const shown = (cells: readonly string[]): string[] =>
    cells.map((text, index) => shownFileCell(work.actor, kinds.get(index), text))
  const reasons = ['import_line', 'import_code', 'import_field']
  const results = allResults(work, id, 'rejected')
  let wanted = (await results.next()).value as RowResult | undefined
  let isFirst = true
  for await (const row of flatRows(path, format)) {
    if (isFirst && format.header)
      yield byteOrderMark +
        csvLine([...row.cells.map((text) => shownCell(work.actor, text)), ...reasons], format.separator)
    isFirst = false
    if (row.line !== wanted?.line_no) continue
    yield csvLine(
      [...shown(row.cells), `${row.line}`, wanted.code ?? '', wanted.field ?? ''],
      format.separator,
    )
    wanted = (await results.next()).value as RowResult | undefined
    if (!wanted) return
  }
}

/** The report as a stream with the name to save it under. */
export const openReport = async (
  work: ContactWork,
  id: string,
  result: 'rejected' | undefined,
): Promise<{ stream: Readable; fileName: string }> => {
  const row = await inAccount(work.deps.db, work.actor.accountId, (trx) =>
    getImportRecord(trx, work.actor.accountId, id),
  )
  const format = row.format as ImportFormat
  const lines =
    result === 'rejected'
      ? rejectedReport(work, id, await fileOf(work.deps, row), row)
      : fullReport(work, id, format.separator)
  const name = result === 'rejected' ? 'import-rejected' : 'import-report'
  return { stream: Readable.from(lines, { objectMode: false }), fileName: `${name}-${id.slice(0, 8)}.csv` }
}
