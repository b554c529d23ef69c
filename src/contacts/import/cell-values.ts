import { type FieldKind, type ReadValue, readDate, readNumber, readText } from '../fields/values.ts'
import type { ImportFormat } from './contract.ts'

type Style = Pick<ImportFormat, 'decimal' | 'date_style'>

/** Blanks people put between thousands: plain, no-break, narrow no-break and thin ones, and the Swiss apostrophe. */
const thousandsBlank = /[\s\u00a0\u202f\u2009'’]/g

const plainNumber = { '.': /^[+-]?\d+(\.\d+)?$/, ',': /^[+-]?\d+(,\d+)?$/ } as const
const groupedNumber = {
  '.': /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/,
} as const

const readWith = (text: string, decimal: '.' | ','): number | null => {
  if (!plainNumber[decimal].test(text) && !groupedNumber[decimal].test(text)) return null
  const thousands = decimal === '.' ? ',' : '.'
  return Number(text.replaceAll(thousands, '').replace(',', '.'))
}

/** By the file's decimal sign; the other one only where the text cannot mean anything else. */
export const readNumberText = (text: string, decimal: '.' | ','): ReadValue => {
  const compact = text.replaceAll(thousandsBlank, '')
  const value = readWith(compact, decimal) ?? readWith(compact, decimal === '.' ? ',' : '.')
  return value === null ? { fault: 'wrong_type' } : readNumber(value)
}

const datePatterns = {
  iso: /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  dmy_dot: /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  dmy_slash: /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  mdy_slash: /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
} as const

/** ISO and dotted dates say themselves what they are; slashes are read by the file's style. */
export const readDateText = (text: string, style: Style['date_style']): ReadValue => {
  const slashes = style === 'mdy_slash' ? datePatterns.mdy_slash : datePatterns.dmy_slash
  for (const pattern of [datePatterns.iso, datePatterns.dmy_dot, slashes]) {
    const parts = pattern.exec(text)?.groups
    if (parts)
      return readDate(
        parts['y'] ?? '',
        (parts['m'] ?? '').padStart(2, '0'),
        (parts['d'] ?? '').padStart(2, '0'),
      )
  }
  return { fault: 'wrong_type' }
}

const yes = new Set(['true', '1', 'yes', 'tak', 'ja'])
const no = new Set(['false', '0', 'no', 'nie', 'nein'])

export const readBooleanText = (text: string): boolean | null => {
  const word = text.toLowerCase()
  return yes.has(word) ? true : no.has(word) ? false : null
}

/** The text of a cell as a value of an additional field; the empty text is no value. */
export const readCellValue = (kind: FieldKind, text: string, style: Style): ReadValue => {
  if (text === '') return { value: null }
  switch (kind.type) {
    case 'text':
      return readText(text, kind.multiLine)
    case 'number':
      return readNumberText(text, style.decimal)
    case 'date':
      return readDateText(text, style.date_style)
    case 'boolean': {
      const value = readBooleanText(text)
      return value === null ? { fault: 'wrong_type' } : { value }
    }
  }
}
