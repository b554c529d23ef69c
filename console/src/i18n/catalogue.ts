import type { catalogue as english } from './en/index.ts'

/** English decides which keys exist; the other languages must have exactly these. */
export type Translation<Texts> = { readonly [Key in keyof Texts]: string }

type English = typeof english
export type Catalogue = { readonly [Feature in keyof English]: Translation<English[Feature]> }

/** `feature.key`, for example `sign-in.title`. */
export type TextKey = {
  [Feature in keyof English & string]: `${Feature}.${keyof English[Feature] & string}`
}[keyof English & string]

export const languages = ['en', 'pl', 'de'] as const
export type Language = (typeof languages)[number]
/** Languages carry their own names, so that nobody has to read a foreign one to find his. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  pl: 'Polski',
  de: 'Deutsch',
}

export const isLanguage = (value: unknown): value is Language =>
  languages.some((language) => language === value)

/** The first offered language of the browser, English if there is none. */
export const pickLanguage = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase()
    if (isLanguage(short)) return short
  }
  return 'en'
}

const isTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    // Some browsers pass on what the system calls its locale, such as "en-US@posix".
    return false
  }
}

/** "en" in a British browser writes dates the British way: the region of the browser where the language agrees. */
export const regional = (language: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`) && isTag(tag)) ?? language
