import { Drop } from 'liquidjs'
import { outputCharsMax } from './pieces.ts'

const listed = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** HTML made by `capture`: it is not escaped again when shown, and reads as plain text in filters and comparisons. */
export class Markup extends Drop {
  readonly html: string

  constructor(html: string) {
    super()
    this.html = html
  }

  override valueOf(): string {
    return this.html.includes('<') ? this.html : unescapeHtml(this.html)
  }
}

/** A value as text: nothing, objects and functions are empty, so that no template prints what it was not given. */
export const toText = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (value instanceof Markup) return value.valueOf()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (listed(value)) return bounded(value.slice(0, 1_000).map(toScalarText).join(', '))
  return ''
}

const toScalarText = (value: unknown): string => (listed(value) ? '' : toText(value))

export const toNumber = (value: unknown): number | null => {
  const text = toText(value).trim()
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** @throws when a text would outgrow the limit of one render. */
export const checkLength = (chars: number): void => {
  if (chars > outputCharsMax) throw new Error('the output is longer than 1 MB')
}
export const bounded = (text: string): string => {
  checkLength(text.length)
  return text
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const special = /[&<>"']/
const specials = /[&<>"']/g
export const escapeHtml = (text: string): string =>
  special.test(text) ? text.replace(specials, (sign) => entities[sign] ?? sign) : text
const unescapeHtml = (text: string): string =>
  text.replace(
    /&(?:amp|lt|gt|quot|#39);/g,
    (entity) => Object.keys(entities).find((sign) => entities[sign] === entity) ?? entity,
  )
