export type CsvCell = string | number | boolean | null

export const byteOrderMark = '\ufeff'

// A spreadsheet would run these as a formula (OWASP, CSV injection); the apostrophe makes them text.
const formulaStart = /^[=+\-@\t\r]/
/** A telephone number is no formula and stays as it is (contacts.md §5). */
const phone = /^\+\d[\d ().-]{5,24}$/
const needsQuotes = /["\r\n]/

const toCell = (value: CsvCell, separator: string): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = formulaStart.test(value) && !phone.test(value) ? `'${value}` : value
  return needsQuotes.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of RFC 4180, safe to open in a spreadsheet. */
export const csvLine = (cells: readonly CsvCell[], separator = ','): string =>
  `${cells.map((cell) => toCell(cell, separator)).join(separator)}\r\n`
