import { IntlMessageFormat } from 'intl-messageformat'
import type { ReactNode } from 'react'
import type { Catalogue, Language, TextKey } from './catalogue.ts'

export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>
export type RichValues = Readonly<
  Record<string, string | number | ReactNode | ((parts: ReactNode[]) => ReactNode)>
>

export type Texts = {
  readonly language: Language
  /** A text with its values filled in (ICU). */
  readonly t: (key: TextKey, values?: Values) => string
  /** A text whose `<tags>` become elements: `rich('x.y', { b: (parts) => <b>{parts}</b> })`. */
  readonly rich: (key: TextKey, values: RichValues) => ReactNode
  /** A text whose key comes from data (a state, a problem code); null where there is none. */
  readonly find: (feature: keyof Catalogue, key: string, values?: Values) => string | null
}

export const makeTexts = (language: Language, catalogue: Catalogue, zone?: string): Texts => {
  const compiled = new Map<string, IntlMessageFormat>()
  const zoned = zone === undefined ? {} : { timeZone: zone }
  const format = (message: string): IntlMessageFormat => {
    const known = compiled.get(message)
    if (known !== undefined) return known
    const fresh = new IntlMessageFormat(message, language, {
      date: { short: { dateStyle: 'medium', ...zoned } },
      time: { short: { timeStyle: 'short', ...zoned } },
    })
    compiled.set(message, fresh)
    return fresh
  }
  const lookUp = (feature: string, key: string): string | undefined =>
    (catalogue as Record<string, Record<string, string> | undefined>)[feature]?.[key]
  const messageOf = (key: TextKey): string => {
    const dot = key.indexOf('.')
    return lookUp(key.slice(0, dot), key.slice(dot + 1)) ?? key
  }
  const fill = (message: string, values: Values = {}): string =>
    /[{'<]/.test(message) ? String(format(message).format({ ...values })) : message
  return {
    language,
    t: (key, values) => fill(messageOf(key), values),
    rich: (key, values) => format(messageOf(key)).format<ReactNode>({ ...values } as never) as ReactNode,
    find: (feature, key, values) => {
      const message = lookUp(feature, key)
      return message === undefined ? null : fill(message, values)
    },
  }
}
