import type { ReceiptSource } from '../../../providers/index.ts'

/** One HTTP call as it came: names of headers in lower case. */
export type ReceiptCall = {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** One event of a provider in our words. */
export type ReceiptEvent = {
  /** Makes it count once. */
  readonly eventId: string
  readonly kind: 'bounce' | 'delayed' | 'delivered' | 'complaint' | 'other'
  readonly messageId: string | null
  /** Local parts that may be return paths of ours. */
  readonly returnPath: string | null
  readonly providerRef: string | null
  readonly address: string | null
  readonly code: string
  readonly text: string
  /** What the provider calls it; used where neither code nor words tell. */
  readonly hint: string | null
}

/** How one provider tells of its deliveries. */
export type Dialect = {
  /** Whether the call is the provider's. */
  verify(call: ReceiptCall, source: ReceiptSource, certificateOf: CertificateOf): Promise<boolean>
  /** Events of a stored body; what is none of our business is left out. */
  read(body: Buffer): readonly ReceiptEvent[]
}

/** The certificate behind an address, in PEM; null when it may not or cannot be had. */
export type CertificateOf = (url: string) => Promise<string | null>

type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {})
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const textCharsMax = 2_000
/** Text of a member, fit to be stored; numbers are taken as text. */
export const textOf = (value: unknown, max = textCharsMax): string =>
  typeof value === 'string'
    ? value.replaceAll('\u0000', '').toWellFormed().slice(0, max)
    : typeof value === 'number'
      ? String(value)
      : ''

/** Never throws: what is no JSON has no events. */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const bareId = new RegExp(`^${uuid}$`)
const idOfMail = new RegExp(`^<?(${uuid})@`)

/** Our id, bare or as the left side of a `Message-ID`. */
export const messageIdIn = (...values: readonly unknown[]): string | null => {
  for (const value of values) {
    const text = textOf(value).trim().toLowerCase()
    if (bareId.test(text)) return text
    const found = idOfMail.exec(text)?.[1]
    if (found) return found
  }
  return null
}

export const returnPathIn = (value: unknown): string | null =>
  /([0-9a-z]{64})@/i.exec(textOf(value))?.[1] ?? null

const enhanced = /\b([245]\.\d{1,3}\.\d{1,3})\b/
/** The enhanced code of an answer, else its three digits. */
export const codeIn = (...values: readonly unknown[]): string => {
  const texts = values.map((value) => textOf(value))
  const found = texts
    .map((text) => enhanced.exec(text)?.[1])
    .find((code) => code && !/^[245]\.0\.0$/.test(code))
  return (
    found ??
    texts.map((text) => enhanced.exec(text)?.[1]).find(Boolean) ??
    texts.map((text) => /\b([45]\d\d)\b/.exec(text)?.[1]).find(Boolean) ??
    ''
  )
}
