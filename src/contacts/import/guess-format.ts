import { isEmail } from '../../lib/email-address.ts'
import { type FormatWish, type ImportFormat, separators } from './contract.ts'
import { bomOf, guessEncoding, makeByteReader } from './encoding.ts'
import { cutText, type FileRow } from './rows.ts'
import { fieldOfHeading } from './synonyms.ts'

type Separator = ImportFormat['separator']

const sampleRowsMax = 100

/** Whole rows of the beginning of a file; the last, cut one is left out unless the file ends there. */
const headRows = (
  head: Buffer,
  isWhole: boolean,
  format: Pick<ImportFormat, 'separator' | 'encoding'>,
): FileRow[] => {
  const text = makeByteReader(format.encoding)(head.subarray(bomOf(head)?.bytes ?? 0))
  const rows = cutText(text, format)
  return (isWhole || rows.length === 1 ? rows : rows.slice(0, -1)).slice(0, sampleRowsMax)
}

/** How evenly a separator cuts the rows: the most usual number of cells, and the share of rows that have it. */
const weigh = (rows: readonly FileRow[]): number => {
  const counts = Map.groupBy(rows, (row) => row.cells.length)
  const [cells, usual] = [...counts].reduce(
    (best, next) => (next[1].length > best[1].length ? next : best),
    [1, []],
  )
  return cells < 2 ? 0 : (usual.length / rows.length) * 100 + Math.min(cells, 50)
}

const guessSeparator = (head: Buffer, isWhole: boolean, encoding: ImportFormat['encoding']): Separator => {
  const weighed = separators.map((separator) => ({
    separator,
    weight: weigh(headRows(head, isWhole, { separator, encoding })),
  }))
  return weighed.reduce((best, next) => (next.weight > best.weight ? next : best)).separator
}

const looksLikeValue = (cell: string): boolean =>
  isEmail(cell) || /^[+-]?[\d\s.,/()-]+$/.test(cell) || /^(true|false|yes|no|tak|nie|ja|nein)$/i.test(cell)

/** A heading names its columns: no cell of it is an address, a number or a date. */
const guessHeader = (first: FileRow | undefined): boolean => {
  if (!first || first.fault) return false
  const cells = first.cells.map((cell) => cell.trim()).filter(Boolean)
  if (cells.some(looksLikeValue)) return false
  return cells.some((cell) => fieldOfHeading(cell) !== null) || cells.length > 0
}

const share = (cells: readonly string[], pattern: RegExp): number =>
  cells.filter((cell) => pattern.test(cell)).length

const guessDecimal = (cells: readonly string[], separator: Separator): '.' | ',' => {
  const commas = share(cells, /^[+-]?(\d{1,3}([ .]\d{3})+|\d+),(\d{1,2}|\d{4,})$/)
  const points = share(cells, /^[+-]?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})$/)
  if (commas !== points) return commas > points ? ',' : '.'
  return separator === ';' ? ',' : '.'
}

const guessDateStyle = (cells: readonly string[], country: string): ImportFormat['date_style'] => {
  const slashed = cells.flatMap((cell) => /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(cell) ?? [])
  const isSlashed = slashed.length > 0
  if (!isSlashed) return share(cells, /^\d{1,2}\.\d{1,2}\.\d{4}$/) > 0 ? 'dmy_dot' : 'iso'
  const parts = cells.map((cell) => /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(cell))
  if (parts.some((match) => Number(match?.[1]) > 12)) return 'dmy_slash'
  if (parts.some((match) => Number(match?.[2]) > 12)) return 'mdy_slash'
  return country === 'US' ? 'mdy_slash' : 'dmy_slash'
}

/** Everything about a file that its beginning tells; what the person has said is not guessed. */
export const guessFormat = (
  head: Buffer,
  isWhole: boolean,
  wish: FormatWish,
  country: string,
): ImportFormat => {
  const encoding = bomOf(head)?.encoding ?? wish.encoding ?? guessEncoding(head)
  const separator = wish.separator ?? guessSeparator(head, isWhole, encoding)
  const rows = headRows(head, isWhole, { separator, encoding })
  const header = wish.header ?? guessHeader(rows[0])
  const cells = rows.slice(header ? 1 : 0).flatMap((row) => row.cells.map((cell) => cell.trim()))
  return {
    type: 'csv',
    encoding,
    separator,
    quote: '"',
    header,
    sheet: null,
    decimal: wish.decimal ?? guessDecimal(cells, separator),
    date_style: wish.date_style ?? guessDateStyle(cells, country),
  }
}
