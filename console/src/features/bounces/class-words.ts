import type { Texts } from '../../i18n/message.ts'

const groups: Readonly<Record<string, 'hard' | 'soft' | 'block' | 'none'>> = {
  unknown_user: 'hard',
  unknown_domain: 'hard',
  disabled: 'hard',
  mailbox_full: 'soft',
  server: 'soft',
  timeout: 'soft',
  greylist: 'soft',
  too_large: 'soft',
  spam: 'block',
  policy: 'block',
  reputation: 'block',
  authentication: 'block',
  out_of_office: 'none',
  auto_reply: 'none',
  challenge: 'none',
}

/** What a class is called; the words of refusals are those of the reports. */
export const classWords = ({ find }: Texts, word: string): string =>
  find('reasons', word) ?? find('bounces', `class-${word}`) ?? word

/** What follows from a class. */
export const groupWords = ({ t }: Texts, word: string): string => t(`bounces.group-${groups[word] ?? 'soft'}`)
