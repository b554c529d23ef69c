import { isTimeZone } from '../lib/time-zone.ts'

/** Codes the runtime names though they are no country of ISO 3166-1. */
const notCountries = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'ZZ',
])
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** ISO 3166-1 alpha-2 in capitals, null when there is no such country. */
export const readCountry = (text: string): string | null => {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z]{2}$/.test(code) || notCountries.has(code)) return null
  return regionNames.of(code) === undefined ? null : code
}

/** A BCP 47 tag in canonical spelling, null when it is none. */
export const readLanguage = (text: string): string | null => {
  const tag = text.trim()
  if (tag.length > 35) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

export const readTimeZone = (text: string): string | null => {
  const name = text.trim()
  return /^[A-Za-z0-9_+/-]{1,64}$/.test(name) && isTimeZone(name) ? name : null
}

type LocaleWithZones = Intl.Locale & { getTimeZones?(): string[] | undefined }
const zones = new Map<string, string | null>()

/** The time zone of a country that has only one. */
export const singleTimeZoneOf = (country: string): string | null => {
  const known = zones.get(country)
  if (known !== undefined) return known
  const found = (new Intl.Locale(`und-${country}`) as LocaleWithZones).getTimeZones?.() ?? []
  const zone = found.length === 1 ? (found[0] ?? null) : null
  zones.set(country, zone)
  return zone
}
