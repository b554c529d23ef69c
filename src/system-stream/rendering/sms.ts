import type { Config } from '../../config.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Circumstances, Language, SystemMessage } from '../kinds.ts'
import type { MessageLink } from '../links.ts'
import { textsOf } from './words.ts'

/** Marks and letters outside the GSM alphabet (3GPP TS 23.038) would halve the room of a text. */
const foldForSms = (text: string, language: Language): string => {
  const plain = text.replaceAll('·', ',').replaceAll(' ,', ',').replaceAll('’', "'")
  if (language !== 'pl') return plain
  return plain.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFD').replaceAll(/\p{M}/gu, '')
}

/** Short: hours and minutes of the day are enough for a code that lives five minutes. */
const shortTime = (at: Date, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  }).format(at)

type Links = { readonly main: MessageLink | null; readonly notMe: MessageLink | null }

/** The last line binds the code to the origin of the panel, so that a phone offers it there and nowhere else. */
const originLine = (config: Config, code: string): string => `@${new URL(config.publicUrl).hostname} #${code}`

export const renderSms = (config: Config, message: SystemMessage, { main, notMe }: Links): string => {
  const { language, kind, timeZone } = message
  const texts = textsOf(language)
  const values = message.values as Partial<Circumstances> & { readonly code?: string }
  const where = {
    time: values.at ? shortTime(values.at, timeZone) : null,
    address: values.address === undefined ? null : (values.address ?? texts.unresolved),
    browser: values.agent ?? null,
  }
  if (values.code !== undefined) {
    const head = texts.sms.code
      .replace('{code}', values.code)
      .replace('{time}', where.time ?? '')
      .replace('{address}', where.address ?? texts.unresolved)
      .replace('{browser}', where.browser ?? texts.unresolved)
    const tail = notMe ? `${texts.sms.notMe} ${notMe.href}` : ''
    return `${foldForSms(`${head} ${tail}`.trim(), language)}\n\n${originLine(config, values.code)}`
  }
  const notice = texts.sms.notice.replace('{subject}', texts.kinds[kind].subject)
  const facts = Object.values(where).filter((fact) => fact !== null)
  const lines = [notice, facts.length > 0 ? `${facts.join(', ')}.` : '', main?.href ?? '']
  return foldForSms(lines.filter((line) => line !== '').join(' '), language)
}
