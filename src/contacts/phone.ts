import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Reads a number in international form, or in the national one of `country`, as E.164; null when no such number exists. */
export const parsePhone = (text: string, country: string): string | null => {
  const international = text.trim().replace(/^00(?=[1-9])/, '+')
  const region: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const number = parsePhoneNumberFromString(
    international,
    region ? { defaultCountry: region, extract: false } : { extract: false },
  )
  return number?.isValid() && number.ext === undefined ? number.number : null
}

/** The country of an E.164 number, null where several share the prefix or none is known. */
export const countryOfPhone = (phone: string): string | null =>
  parsePhoneNumberFromString(phone)?.country ?? null
