import { createReadStream } from 'node:fs'
import type { ImportFormat } from './contract.ts'
import { bomOf, decodeCell, decodeLoosely, makeByteReader } from './encoding.ts'
import { type CutRow, RowCutter } from './row-cutter.ts'

export type RowFault = 'unbalanced_quote' | 'value_too_long' | 'encoding' | 'control_character'
export type FileRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: RowFault | null
}

/** Size of the pieces a file is read in; each gives one batch of rows. */
export const readBytes = 262_144
const nonAscii = /[\u0080-\u00ff]/
const lineSigns = /[\r\n\t]+/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g

const isBlank = (row: CutRow): boolean =>
  row.fault === null && row.cells.length === 1 && row.cells[0]?.trim() === ''

/** Decodes a row; a run of CR, LF and TAB inside a cell becomes one space (contacts.md §4, Reading rule 1). */
const toFileRow = (row: CutRow, encoding: ImportFormat['encoding']): FileRow => {
  let fault: RowFault | null = row.fault
  const cells = row.cells.map((cell) => {
    const decoded = nonAscii.test(cell) ? decodeCell(encoding, cell) : cell
    if (decoded === null) fault ??= 'encoding'
    const text = (decoded ?? decodeLoosely(encoding, cell)).replace(lineSigns, ' ')
    if (!controlCharacter.test(text)) return text
    fault ??= 'control_character'
    return text.replace(controlCharacters, '\uFFFD')
  })
  return { line: row.line, cells, fault }
}

/** Rows of text, heading included, blank lines left out. */
export const cutText = (text: string, format: Pick<ImportFormat, 'separator' | 'encoding'>): FileRow[] => {
  const cutter = new RowCutter(format.separator)
  cutter.push(text, true)
  return [...cutter.take()].filter((row) => !isBlank(row)).map((row) => toFileRow(row, format.encoding))
}

/** The rows of a stored file, batch by batch as they are read; memory stays flat whatever the size. */
export async function* readRows(
  path: string,
  format: Pick<ImportFormat, 'separator' | 'encoding'>,
): AsyncGenerator<FileRow[]> {
  const cutter = new RowCutter(format.separator)
  const toText = makeByteReader(format.encoding)
  const take = (): FileRow[] =>
    [...cutter.take()].filter((row) => !isBlank(row)).map((row) => toFileRow(row, format.encoding))
  let isFirst = true
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes }) as AsyncIterable<Buffer>) {
    const skipped = isFirst ? (bomOf(chunk)?.bytes ?? 0) : 0
    isFirst = false
    cutter.push(toText(chunk.subarray(skipped)), false)
    const rows = take()
    if (rows.length > 0) yield rows
  }
  cutter.push('', true)
  const rows = take()
  if (rows.length > 0) yield rows
}
