import type { Content } from '../contract.ts'
import { outputMark } from '../liquid/spans.ts'
import { runsScript } from './dangers.ts'
import type { Attribute, Element } from './scan.ts'

export type Utm = NonNullable<Content['utm']>

const utmNames = ['source', 'medium', 'campaign', 'content'] as const

export const isWebAddress = (address: string): boolean => /^\s*https?:\/\//i.test(address)

/** Adds the UTM parameters that are set and that the address does not carry itself; the rest stays letter by letter. */
export const withUtm = (address: string, utm: Utm | null): string => {
  if (!utm || !isWebAddress(address)) return address
  const [front = '', ...fragment] = address.trim().split('#')
  const query = front.split('?').slice(1).join('?')
  const present = new Set(query.split('&').map((pair) => pair.split('=')[0]))
  const added = utmNames
    .filter((name) => utm[name] !== '' && !present.has(`utm_${name}`))
    .map((name) => `utm_${name}=${encodeURIComponent(utm[name].toWellFormed())}`)
  if (added.length === 0) return address
  const joint = front.includes('?') ? (front.endsWith('?') || front.endsWith('&') ? '' : '&') : '?'
  return [`${front}${joint}${added.join('&')}`, ...fragment].join('#')
}

/** A rendered target that may stand in a mail: a scheme that runs something becomes nothing. */
export const safeTarget = (target: string): string => (runsScript(target) ? '' : target.trim())

export const hrefOf = (element: Element): Attribute | undefined =>
  element.attributes.find((attribute) => attribute.name === 'href' && attribute.given)

const has = (element: Element, name: string): boolean =>
  element.attributes.some((attribute) => attribute.name === name)

/** `<a href>` to the web, unless its author wrote `data-no-track` (email.md §9.1). */
export const mayTrack = (element: Element): boolean => element.name === 'a' && !has(element, 'data-no-track')

/** Whether Liquid stands in an attribute's value; spans are in order, so that the first candidate is found by halves. */
export const hasLiquid = (
  covered: string,
  { begin, end }: Attribute,
  spans: readonly { begin: number; end: number }[],
): boolean => {
  if (covered.slice(begin, end).includes(outputMark)) return true
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.begin ?? 0) < begin) low = middle + 1
    else high = middle
  }
  const first = spans[low]
  return first !== undefined && first.end <= end
}
