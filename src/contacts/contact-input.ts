import { type AppError, type FieldError, invalid, unprocessable } from '../http/errors.ts'
import { parseEmail } from '../lib/email-address.ts'
import type { ContactChange } from './contract.ts'
import { readCountry, readLanguage, readTimeZone } from './locale.ts'
import { parsePhone } from './phone.ts'
import type { ContactValues } from './queries.ts'

/** Columns of plain text with the longest value each takes. */
const plainFields = ['external_id', 'first_name', 'last_name', 'company'] as const
const readers = { language: readLanguage, country: readCountry, time_zone: readTimeZone } as const

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const anyControl = /[\u0000-\u001f\u007f]/

const refused = (code: string, pointer: string, detail: string): AppError =>
  unprocessable(code, '', { errors: [{ pointer, code, detail }] })

const readEmail = (text: string): ContactValues => {
  const email = parseEmail(text)
  if (!email) throw refused('email_invalid', '/email', 'is no e-mail address')
  return { email: email.address, email_key: email.key }
}

const readPhone = (text: string, country: string): ContactValues => {
  const phone = parsePhone(text, country)
  if (!phone) throw refused('phone_invalid', '/phone', 'is no number that can exist')
  return { phone }
}

/** Null and the empty text both mean "no value". */
const given = (text: string | null | undefined): string | null | undefined => (text === '' ? null : text)

const readPlain = (body: ContactChange, errors: FieldError[]): ContactValues =>
  Object.fromEntries(
    plainFields.flatMap((name) => {
      const text = given(body[name])
      if (text === undefined) return []
      if (text !== null && anyControl.test(text))
        errors.push({ pointer: `/${name}`, code: 'pattern', detail: 'control characters are not allowed' })
      return [[name, text]]
    }),
  )

const readCodes = (body: ContactChange, errors: FieldError[]): ContactValues =>
  Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) => {
      const text = given(body[name as keyof typeof readers])
      if (text === undefined) return []
      const value = text === null ? null : read(text)
      if (text !== null && value === null)
        errors.push({ pointer: `/${name}`, code: 'not_in_list', detail: 'is not known' })
      return [[name, value]]
    }),
  )

const readAddresses = (body: ContactChange, country: string): ContactValues => {
  const email = given(body.email)
  const phone = given(body.phone)
  return {
    ...(email === undefined ? {} : email === null ? { email: null, email_key: null } : readEmail(email)),
    ...(phone === undefined ? {} : phone === null ? { phone: null } : readPhone(phone, country)),
  }
}

/** What a request says about the standard columns, in the spelling that is stored; `country` reads national numbers. */
export const readContactValues = (body: ContactChange, country: string): ContactValues => {
  const errors: FieldError[] = []
  const values = { ...readPlain(body, errors), ...readCodes(body, errors), ...readAddresses(body, country) }
  if (errors.length > 0) throw invalid(...errors)
  return values
}
