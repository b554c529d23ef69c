import { maskEmail } from '../../lib/masking.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Circumstances, Language } from '../kinds.ts'
import { german } from '../texts/de.ts'
import { english } from '../texts/en.ts'
import { polish } from '../texts/pl.ts'
import type { StreamTexts } from '../texts/text.ts'

const languages: Readonly<Record<Language, StreamTexts>> = { en: english, pl: polish, de: german }
export const textsOf = (language: Language): StreamTexts => languages[language]

/** The zone is named, for the reader may be in another one than the account. */
export const writeTime = (at: Date, language: Language, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'long',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  }).format(at)

export type Given = Readonly<Record<string, unknown>> & Partial<Circumstances>

const writeValue = (value: unknown, language: Language, timeZone: string | undefined): string | null => {
  if (value instanceof Date) return writeTime(value, language, timeZone)
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** What the lines of a text may name. */
export const nameValues = (
  given: Given,
  language: Language,
  timeZone: string | undefined,
): ReadonlyMap<string, string> => {
  const texts = textsOf(language)
  const { change, state, about } = given
  const told: Record<string, unknown> = {
    ...given,
    change: texts.changes[change as keyof typeof texts.changes],
    state: texts.states[state as keyof typeof texts.states],
    // Even an address is something a person typed: its mask tells enough to whoever knows it.
    about: typeof about === 'string' ? maskEmail(about) : null,
  }
  const named = Object.entries(told).flatMap(([name, value]) => {
    const text = writeValue(value, language, timeZone)
    return text === null ? [] : [[name, text] as const]
  })
  return new Map(named)
}

const placeholder = /\{(\w+)\}/g

/** Null when the line names a value that is not there. */
export const fillLine = (line: string, values: ReadonlyMap<string, string>): string | null => {
  const names = [...line.matchAll(placeholder)].map(([, name = '']) => name)
  if (names.some((name) => !values.has(name))) return null
  return line.replaceAll(placeholder, (_, name: string) => values.get(name) ?? '')
}
