export type CsvCell = string | number | boolean | null

export const byteOrderMark = '\ufeff'

// A spreadsheet would run these as a formula (OWASP, CSV injection); the apostrophe makes them text.
const formulaStart = /^[=+\-@\t\r]/
const needsQuotes = /[",\r\n]/

const toCell = (value: CsvCell): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = formulaStart.test(value) ? `'${value}` : value
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of RFC 4180, safe to open in a spreadsheet. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(toCell).join(',')}\r\n`
