import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { unprocessable } from '../../http/errors.ts'

/**
 * Countries that codes go to until the operator says otherwise: the European Economic Area, Switzerland and the United
 * Kingdom. Fraud by pumping lives from numbers of far-away countries that nobody there writes to.
 */
export const defaultSmsCountries: readonly string[] = [
  ...['AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE'],
  ...['IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
]

/** Where a country numbers mobile and fixed lines alike, nobody can tell them apart. */
const mobileTypes: readonly string[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE']

export type Phone = { readonly number: string; readonly country: CountryCode }

/**
 * A mobile number that codes may go to; premium, shared-cost and all other special ranges are none.
 * @throws AppError 422 `phone_not_allowed`
 */
export const checkPhone = (text: string, countries: readonly string[]): Phone => {
  const parsed = /^\+[1-9]\d{6,14}$/.test(text)
    ? parsePhoneNumberFromString(text, { extract: false })
    : undefined
  const { country } = parsed ?? {}
  if (!parsed?.isValid() || country === undefined || parsed.number !== text)
    throw unprocessable('phone_not_allowed', 'This is not a mobile number in international form.')
  if (!mobileTypes.includes(parsed.getType() ?? ''))
    throw unprocessable('phone_not_allowed', 'Codes go to mobile numbers only.')
  if (!countries.includes(country))
    throw unprocessable('phone_not_allowed', 'Codes are not sent to numbers of this country.')
  return { number: parsed.number, country }
}
