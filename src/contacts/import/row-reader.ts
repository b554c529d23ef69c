import { parseEmail } from '../../lib/email-address.ts'
import { parseTimestamp } from '../../lib/timestamp.ts'
import { longerThan } from '../fields/values.ts'
import { readCountry, readLanguage, readTimeZone, singleTimeZoneOf } from '../locale.ts'
import { countryOfPhone, parsePhone } from '../phone.ts'
import type { FieldValue } from '../shapes/contract.ts'
import { readBooleanText, readCellValue, readDateText } from './cell-values.ts'
import type { ImportFormat, ImportSettings } from './contract.ts'
import type { Column, ConsentTarget, StandardTarget } from './mapping.ts'
import type { FileRow } from './rows.ts'
import { applyTransforms } from './transforms.ts'

export type ReadRow = {
  readonly line: number
  readonly values: Partial<Record<StandardTarget | 'email_key', string>>
  readonly fields: Readonly<Record<string, FieldValue>>
  /** Additional fields that are bound and blank, when blanks clear. */
  readonly clearedFields: readonly string[]
  readonly consent: Readonly<Record<string, string>> | null
  readonly rejection: { readonly code: string; readonly field: string | null } | null
}

export type RowPlan = {
  readonly columns: readonly Column[]
  readonly width: number
  readonly format: ImportFormat
  readonly settings: ImportSettings
  /** Reads national phone numbers. */
  readonly accountCountry: string
  readonly now: Date
}

/** Thrown inside this file only: the first fault of a row names the row. */
class Rejection extends Error {
  readonly code: string
  readonly field: string | null
  constructor(code: string, field: string | null) {
    super(code)
    this.code = code
    this.field = field
  }
}

const textMax = 150

const orReject = (value: string | null, code: string, field: string): string => {
  if (value === null) throw new Rejection(code, field)
  return value
}

const readStandard = (name: StandardTarget, text: string, plan: RowPlan): ReadRow['values'] => {
  switch (name) {
    case 'email': {
      const email = parseEmail(text)
      if (!email) throw new Rejection('email_invalid', name)
      return { email: email.address, email_key: email.key }
    }
    case 'phone':
      return { phone: orReject(parsePhone(text, plan.accountCountry), 'phone_invalid', name) }
    case 'language':
      return { language: orReject(readLanguage(text), 'value_not_in_list', name) }
    case 'country':
      return { country: orReject(readCountry(text), 'value_not_in_list', name) }
    case 'time_zone':
      return { time_zone: orReject(readTimeZone(text), 'value_not_in_list', name) }
    default:
      if (longerThan(text, textMax)) throw new Rejection('value_too_long', name)
      return { [name]: text }
  }
}

const consentState = (text: string): string | null => {
  const word = text.toLowerCase()
  if (word === 'granted' || word === 'withdrawn' || word === 'unknown') return word
  const said = readBooleanText(word)
  return said === null ? null : said ? 'granted' : 'withdrawn'
}

const consentTime = (text: string, plan: RowPlan): string | null => {
  const day = readDateText(text, plan.format.date_style)
  const at = 'value' in day ? parseTimestamp(`${day.value}T00:00:00Z`) : parseTimestamp(text)
  return at && at <= plan.now ? at.toISOString() : null
}

const readConsent = (name: ConsentTarget, text: string, plan: RowPlan): string => {
  if (name === 'consent.state') return orReject(consentState(text), 'value_not_in_list', name)
  if (name === 'consent.at') return orReject(consentTime(text, plan), 'value_type', name)
  if (longerThan(text, 1_000)) throw new Rejection('value_too_long', name)
  return text
}

/** Our own exports and reject files put an apostrophe before what a spreadsheet would run; it is not part of the value. */
const neutralised = /^'(?=[=+\-@])/

const textOf = (column: Column, cells: readonly string[]): string => {
  const { binding } = column
  const text = binding.constant ?? (cells[binding.column ?? -1] ?? '').replace(neutralised, '')
  return applyTransforms(text, binding.transforms ?? [], binding.field)
    .normalize('NFC')
    .trim()
}

type Draft = {
  values: ReadRow['values']
  fields: Record<string, FieldValue>
  clearedFields: string[]
  consent: Record<string, string>
}

const readColumn = (column: Column, cells: readonly string[], plan: RowPlan, draft: Draft): void => {
  const { target } = column
  const text = textOf(column, cells)
  if (target.kind === 'additional') {
    const read = readCellValue(target.type, text, plan.format)
    if ('fault' in read)
      throw new Rejection(
        read.fault === 'too_long' ? 'value_too_long' : 'value_type',
        `fields.${target.name}`,
      )
    if (read.value !== null) draft.fields[target.name] = read.value
    else if (plan.settings.blank === 'clear') draft.clearedFields.push(target.name)
    return
  }
  if (text === '') return
  if (target.kind === 'consent')
    draft.consent[target.name.slice('consent.'.length)] = readConsent(target.name, text, plan)
  else Object.assign(draft.values, readStandard(target.name, text, plan))
}

const checkShape = (row: FileRow, plan: RowPlan): void => {
  if (row.fault) throw new Rejection(row.fault, null)
  if (row.cells.slice(plan.width).some((cell) => cell.trim() !== ''))
    throw new Rejection('row_too_wide', null)
}

const checkKeys = ({ values }: Draft): void => {
  if (!(values.external_id ?? values.email ?? values.phone)) throw new Rejection('key_required', null)
}

/** The time zone of a number from a country that has one only. */
export const zoneOf = (phone: string | undefined): string | null => {
  const country = phone ? countryOfPhone(phone) : null
  return country ? singleTimeZoneOf(country) : null
}

/** Reads one row of the file into the columns of a contact, or names the first thing wrong with it. */
export const readRow = (row: FileRow, plan: RowPlan): ReadRow => {
  const draft: Draft = { values: {}, fields: {}, clearedFields: [], consent: {} }
  const done = (rejection: ReadRow['rejection']): ReadRow => ({
    line: row.line,
    values: draft.values,
    fields: draft.fields,
    clearedFields: draft.clearedFields,
    consent: Object.keys(draft.consent).length > 0 ? draft.consent : null,
    rejection,
  })
  try {
    checkShape(row, plan)
    for (const column of plan.columns) readColumn(column, row.cells, plan, draft)
    checkKeys(draft)
    return done(null)
  } catch (error) {
    if (error instanceof Rejection) return done({ code: error.code, field: error.field })
    throw error
  }
}
