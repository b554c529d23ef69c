import { LRU } from '../../lib/lru.ts'
import { isTimeZone } from '../../lib/time-zone.ts'

const formatters = new LRU<string, Intl.DateTimeFormat>(500)
const zones = new LRU<string, string>(500)
const locales = new LRU<string, string>(500)

const formatter = (locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) => {
  const name = `${locale}|${timeZone}|${JSON.stringify(options)}`
  const known = formatters.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formatters.set(name, made)
  return made
}

/** The zone, or the fallback where the name is unknown. */
export const knownZone = (name: string, fallback: string): string => {
  if (name.length > 64) return fallback
  const known = zones.get(name)
  if (known !== undefined) return known || fallback
  const judged = isTimeZone(name) ? name : ''
  zones.set(name, judged)
  return judged || fallback
}

const canonical = (name: string): string => {
  try {
    return Intl.getCanonicalLocales(name)[0] ?? ''
  } catch {
    return ''
  }
}

/** The locale, or the fallback where the tag is malformed (BCP 47). */
export const knownLocale = (name: string, fallback: string): string => {
  if (name.length > 35) return fallback
  const known = locales.get(name)
  if (known !== undefined) return known || fallback
  const judged = canonical(name)
  locales.set(name, judged)
  return judged || fallback
}

const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/

export type Moment = {
  readonly at: Date /** A calendar date does not move with the zone. */
  readonly dateOnly: boolean
}

/** Reads ISO 8601 text, a date object, seconds since 1970, `now` or `today`; null for anything else. */
export const readMoment = (value: unknown, now: Date): Moment | null => {
  if (value === 'now' || value === 'today') return { at: now, dateOnly: false }
  const text = typeof value === 'string' ? value.trim() : value
  if (typeof text === 'string' && !/^\d{4}-\d{2}-\d{2}/.test(text)) return null
  if (typeof text !== 'string' && typeof text !== 'number' && !(text instanceof Date)) return null
  const at = new Date(typeof text === 'number' ? text * 1_000 : text)
  if (Number.isNaN(at.getTime())) return null
  return { at, dateOnly: typeof text === 'string' && dateOnly.test(text) }
}

const styles = ['short', 'medium', 'long', 'full'] as const

const part = (
  moment: Date,
  locale: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
  type: string,
) =>
  formatter(locale, zone, options)
    .formatToParts(moment)
    .find((candidate) => candidate.type === type)?.value ?? ''

const digits = (moment: Date, zone: string, type: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') =>
  part(
    moment,
    'en-US-u-ca-gregory-nu-latn',
    zone,
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    },
    type,
  )

/** The signs of strftime that templates use; others stand as written. */
const signs: Readonly<Record<string, (at: Date, locale: string, zone: string, withDay: boolean) => string>> =
  {
    Y: (at, _locale, zone) => digits(at, zone, 'year'),
    y: (at, _locale, zone) => digits(at, zone, 'year').slice(-2),
    m: (at, _locale, zone) => digits(at, zone, 'month'),
    d: (at, _locale, zone) => digits(at, zone, 'day'),
    e: (at, _locale, zone) => String(Number(digits(at, zone, 'day'))),
    H: (at, _locale, zone) => digits(at, zone, 'hour'),
    I: (at, _locale, zone) => String(Number(digits(at, zone, 'hour')) % 12 || 12).padStart(2, '0'),
    M: (at, _locale, zone) => digits(at, zone, 'minute'),
    S: (at, _locale, zone) => digits(at, zone, 'second'),
    p: (at, _locale, zone) => (Number(digits(at, zone, 'hour')) < 12 ? 'AM' : 'PM'),
    A: (at, locale, zone) => part(at, locale, zone, { weekday: 'long' }, 'weekday'),
    a: (at, locale, zone) => part(at, locale, zone, { weekday: 'short' }, 'weekday'),
    // Beside a day, Polish puts the month into the genitive.
    B: (at, locale, zone, withDay) =>
      part(at, locale, zone, withDay ? { month: 'long', day: 'numeric' } : { month: 'long' }, 'month'),
    b: (at, locale, zone, withDay) =>
      part(at, locale, zone, withDay ? { month: 'short', day: 'numeric' } : { month: 'short' }, 'month'),
    Z: (at, locale, zone) => part(at, locale, zone, { timeZoneName: 'short' }, 'timeZoneName'),
    '%': () => '%',
  }

/** `format`: `short`, `medium`, `long`, `full`, or a pattern as of strftime. */
export const formatMoment = (moment: Moment, format: string, locale: string, zone: string): string => {
  const inZone = moment.dateOnly ? 'UTC' : zone
  const style = styles.find((candidate) => candidate === format)
  if (style) return formatter(locale, inZone, { dateStyle: style }).format(moment.at)
  const withDay = /%[de]/.test(format)
  return format.replace(
    /%([A-Za-z%])/g,
    (whole, sign: string) => signs[sign]?.(moment.at, locale, inZone, withDay) ?? whole,
  )
}
