import { createHash } from 'node:crypto'
import type { Context } from 'liquidjs'
import { formatMoment, knownLocale, knownZone, readMoment } from './dates.ts'
import { stateOf } from './state.ts'
import { bounded, checkLength, toNumber, toText } from './values.ts'

type FilterCall = { readonly context: Context }
export type Filter = (this: FilterCall, value: unknown, ...args: unknown[]) => unknown

const empty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

const textFilter =
  (change: (text: string) => string): Filter =>
  (value) =>
    bounded(change(toText(value)))

const mathFilter =
  (compute: (left: number, right: number) => number): Filter =>
  (value, other) => {
    const result = compute(toNumber(value) ?? 0, toNumber(other) ?? 0)
    return Number.isFinite(result) ? result : null
  }

const capitalise = (text: string): string => {
  const [first = '', ...rest] = text
  return first.toUpperCase() + rest.join('').toLowerCase()
}

const shorten = (text: string, lengthMax: number, ending: string): string => {
  const signs = [...text]
  if (signs.length <= lengthMax) return text
  return signs.slice(0, Math.max(0, lengthMax - [...ending].length)).join('') + ending
}

const digestOf = (name: string): 'md5' | 'sha1' | 'sha256' => {
  if (name === 'md5' || name === 'sha1' || name === 'sha256') return name
  throw new Error(`hash "${name.slice(0, 20)}" is not known: md5, sha1 or sha256`)
}

const fractionDigits = (
  value: unknown,
): { minimumFractionDigits?: number; maximumFractionDigits?: number } => {
  const digits = toNumber(value)
  if (digits === null) return {}
  const count = Math.min(20, Math.max(0, Math.trunc(digits)))
  return { minimumFractionDigits: count, maximumFractionDigits: count }
}

const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code)

const money: Filter = function (value, currency, locale) {
  const { locale: own, currency: ownCurrency } = stateOf(this.context)
  const amount = toNumber(value)
  if (amount === null) return ''
  const code = toText(currency) || ownCurrency
  if (!isCurrency(code)) throw new Error(`"${code.slice(0, 20)}" is not a currency code of ISO 4217`)
  return new Intl.NumberFormat(knownLocale(toText(locale), own), {
    style: 'currency',
    currency: code,
  }).format(amount)
}

const number: Filter = function (value, digits, locale) {
  const amount = toNumber(value)
  if (amount === null) return ''
  return new Intl.NumberFormat(
    knownLocale(toText(locale), stateOf(this.context).locale),
    fractionDigits(digits),
  ).format(amount)
}

const date: Filter = function (value, format, zone, locale) {
  const state = stateOf(this.context)
  const moment = readMoment(value, state.now)
  if (!moment) return toText(value)
  return bounded(
    formatMoment(
      moment,
      toText(format) || 'long',
      knownLocale(toText(locale), state.locale),
      knownZone(toText(zone), state.timeZone),
    ),
  )
}

const categories: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other']

/** The form of a noun for a number; forms are given in the order of the language's own categories (CLDR). */
const plural: Filter = function (value, ...forms) {
  const rules = new Intl.PluralRules(stateOf(this.context).locale)
  const offered = rules.resolvedOptions().pluralCategories
  const own = categories.filter((category) => offered.includes(category))
  const index = own.indexOf(rules.select(toNumber(value) ?? 0))
  return toText(forms[Math.min(index, forms.length - 1)])
}

/** The whole list: what is not here does not exist. None gives back markup; `escape` is automatic in HTML. */
export const filters: Readonly<Record<string, Filter>> = {
  default: (value, fallback) => (empty(value) ? fallback : value),
  date,
  number,
  money,
  plural,
  upcase: textFilter((text) => text.toUpperCase()),
  downcase: textFilter((text) => text.toLowerCase()),
  capitalize: textFilter(capitalise),
  /** HTML escapes every output by itself and text needs none, so that nothing is escaped twice. */
  escape: textFilter((text) => text),
  strip: textFilter((text) => text.trim()),
  url_encode: textFilter((text) => encodeURIComponent(text.toWellFormed())),
  truncate: (value, lengthMax, ending) =>
    shorten(toText(value), toNumber(lengthMax) ?? 50, ending === undefined ? '…' : toText(ending)),
  append: (value, other) => bounded(toText(value) + toText(other)),
  prepend: (value, other) => bounded(toText(other) + toText(value)),
  replace: (value, from, to) => {
    const pieces = toText(value).split(toText(from))
    const insert = toText(to)
    checkLength(insert.length * (pieces.length - 1))
    return bounded(pieces.join(insert))
  },
  split: (value, separator) => toText(value).split(toText(separator)).slice(0, 10_000),
  join: (value, separator) => {
    if (!Array.isArray(value)) return toText(value)
    const between = toText(separator ?? ' ')
    checkLength(between.length * value.length)
    return bounded(value.map(toText).join(between))
  },
  first: (value) => (Array.isArray(value) ? value[0] : toText(value).at(0)),
  last: (value) => (Array.isArray(value) ? value.at(-1) : toText(value).at(-1)),
  size: (value) => (Array.isArray(value) ? value.length : toText(value).length),
  plus: mathFilter((left, right) => left + right),
  minus: mathFilter((left, right) => left - right),
  times: mathFilter((left, right) => left * right),
  divided_by: mathFilter((left, right) => left / right),
  modulo: mathFilter((left, right) => left % right),
  round: (value, digits) => {
    const factor = 10 ** Math.min(10, Math.max(0, toNumber(digits) ?? 0))
    return Math.round((toNumber(value) ?? 0) * factor) / factor
  },
  hash: (value, name) =>
    createHash(digestOf(toText(name) || 'sha256'))
      .update(toText(value))
      .digest('hex'),
}
