import { open, stat } from 'node:fs/promises'
import { unprocessable } from '../../http/errors.ts'
import { isEmail } from '../../lib/email-address.ts'
import type { FieldRow } from '../fields/queries.ts'
import type { FormatWish, ImportAnalysis, ImportFormat } from './contract.ts'
import { guessFormat } from './guess-format.ts'
import { isReadable } from './readability.ts'
import { type FileRow, readBytes, readRows } from './rows.ts'
import { fieldOfHeading, plainHeading } from './synonyms.ts'

const headBytes = 1_048_576
/** Larger files are counted by their beginning; the import itself counts exactly before it writes. */
const countedBytesMax = 64 * 1_048_576
const samplesMax = 5
const sampleRowsMax = 20
const sampleLengthMax = 200
const warningsMax = 20
const columnsMax = 1_000

const readHead = async (path: string): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

type Gathered = {
  heading: FileRow | null
  rows: number
  sampled: FileRow[]
  warnings: ImportAnalysis['warnings']
  isExact: boolean
}

const gather = async (path: string, size: number, format: ImportFormat): Promise<Gathered> => {
  const found: Gathered = { heading: null, rows: 0, sampled: [], warnings: [], isExact: true }
  let batches = 0
  for await (const batch of readRows(path, format)) {
    batches += 1
    for (const row of batch) {
      if (format.header && found.heading === null) {
        found.heading = row
        continue
      }
      found.rows += 1
      if (row.fault && found.warnings.length < warningsMax)
        found.warnings.push({ code: row.fault, line: row.line })
      else if (found.sampled.length < 100) found.sampled.push(row)
    }
    if (size > countedBytesMax && batches * readBytes > headBytes) {
      return { ...found, isExact: false, rows: Math.round((found.rows * size) / (batches * readBytes)) }
    }
  }
  return found
}

const clip = (text: string): string => text.trim().slice(0, sampleLengthMax)

const proposeByContent = (samples: readonly string[], taken: ReadonlySet<string>): string | null =>
  !taken.has('email') && samples.length > 0 && samples.every(isEmail) ? 'email' : null

const proposeField = (heading: string, fields: readonly FieldRow[]): string | null => {
  const standard = fieldOfHeading(heading)
  if (standard) return standard
  const plain = plainHeading(heading).replace(/^fields\./, '')
  const own = fields.find(
    (field) =>
      plainHeading(field.name) === plain ||
      field.name.toLowerCase() === heading.trim().toLowerCase() ||
      Object.values(field.label as Record<string, string>).some((label) => plainHeading(label) === plain),
  )
  return own ? `fields.${own.name}` : null
}

const describeColumns = (found: Gathered, fields: readonly FieldRow[]): ImportAnalysis['columns'] => {
  const width = found.heading
    ? found.heading.cells.length
    : Math.max(1, ...found.sampled.map((row) => row.cells.length))
  const taken = new Set<string>()
  return Array.from({ length: Math.min(width, columnsMax) }, (_, index) => {
    const name = clip(found.heading?.cells[index] ?? '') || `${index + 1}`
    const samples = found.sampled
      .map((row) => clip(row.cells[index] ?? ''))
      .filter(Boolean)
      .slice(0, samplesMax)
    const proposed = (found.heading ? proposeField(name, fields) : null) ?? proposeByContent(samples, taken)
    const field = proposed && !taken.has(proposed) ? proposed : null
    if (field) taken.add(field)
    return { index, name, samples, field }
  })
}

/**
 * Reads a stored file: format, columns with proposed bindings, number of rows.
 * @throws 422 import_unreadable or import_empty
 */
export const analyseFile = async (
  path: string,
  given: { wish: FormatWish; country: string; fields: readonly FieldRow[] },
): Promise<ImportAnalysis> => {
  const { size } = await stat(path)
  const head = await readHead(path)
  if (!isReadable(head)) throw unprocessable('import_unreadable')
  if (size === 0) throw unprocessable('import_empty')
  const format = guessFormat(head, size <= headBytes, given.wish, given.country)
  const found = await gather(path, size, format)
  if (found.rows === 0) throw unprocessable('import_empty')
  return {
    format,
    sheets: [],
    columns: describeColumns(found, given.fields),
    rows: found.rows,
    rows_exact: found.isExact,
    sample_rows: found.sampled.slice(0, sampleRowsMax).map((row) => row.cells.slice(0, columnsMax).map(clip)),
    warnings: found.warnings,
  }
}
