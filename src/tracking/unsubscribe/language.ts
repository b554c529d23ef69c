import type { Language } from '../../http/problem.ts'

const ours = (tag: string | null | undefined): Language | null => {
  const primary = tag?.trim().slice(0, 2).toLowerCase()
  const whole = !/^[a-z]{2}[a-z]/i.test(tag?.trim() ?? '')
  return whole && (primary === 'en' || primary === 'pl' || primary === 'de') ? primary : null
}

/** The contact's language, else the first of ours that the browser names, else the account's. */
export const languageFor = (
  contactLanguage: string | null,
  acceptLanguage: string | undefined,
  accountLanguage: string | null,
): Language => {
  const accepted = (acceptLanguage ?? '').split(',').map(ours)
  return (
    ours(contactLanguage) ?? accepted.find((language) => language !== null) ?? ours(accountLanguage) ?? 'en'
  )
}
