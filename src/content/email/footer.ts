import { LRU } from '../../lib/lru.ts'
import { Fixed, type Piece } from '../liquid/pieces.ts'
import { escapeHtml } from '../liquid/values.ts'

const words = { en: 'Unsubscribe', pl: 'Wypisz się', de: 'Abmelden' }
const languages = ['en', 'pl', 'de'] as const

export const unsubscribeWord = (locale: string): string =>
  words[languages.find((language) => locale.toLowerCase().startsWith(language)) ?? 'en']

const addressLines = (address: string): string[] =>
  address
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const plain = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase()

/** Whether a text already tells the postal address: every line of it stands there. */
export const tellsAddress = (text: string, address: string): boolean => {
  const shown = plain(text)
  return addressLines(address).every((line) => shown.includes(plain(line)))
}

/** What content lacks: the link, the address, or both (email.md §6, enforced footer). */
export type Lacking = { readonly unsubscribeUrl: string | null; readonly address: string | null }

type Frame = { readonly alone: Fixed; readonly begin: Fixed; readonly end: Fixed }

const frames = new LRU<string, Frame>(500)

/** What stands around the link; the same pieces for all recipients. */
const frameOf = (address: string | null, locale: string): Frame => {
  const name = `${locale}\n${address === null ? '' : `:${address}`}`
  const known = frames.get(name)
  if (known) return known
  const lines = address === null ? '' : addressLines(address).map(escapeHtml).join('<br>')
  const begin = `<div style="padding:24px 16px;text-align:center;font:13px/1.5 Arial,Helvetica,sans-serif;color:#595959">${lines}`
  const made = {
    alone: new Fixed(`${begin}</div>`),
    begin: new Fixed(`${begin}${lines === '' ? '' : '<br><br>'}<a href="`),
    end: new Fixed(`" style="color:#595959;text-decoration:underline">${unsubscribeWord(locale)}</a></div>`),
  }
  frames.set(name, made)
  return made
}

export const htmlFooter = ({ unsubscribeUrl, address }: Lacking, locale: string): readonly Piece[] => {
  if (unsubscribeUrl === null && address === null) return []
  const { alone, begin, end } = frameOf(address, locale)
  return unsubscribeUrl === null ? [alone] : [begin, escapeHtml(unsubscribeUrl), end]
}

export const textFooter = ({ unsubscribeUrl, address }: Lacking, locale: string): string => {
  const lines = address === null ? [] : addressLines(address)
  const link = unsubscribeUrl === null ? [] : [`${unsubscribeWord(locale)}: ${unsubscribeUrl}`]
  const footer = [...lines, ...(lines.length > 0 && link.length > 0 ? [''] : []), ...link].join('\n')
  // "-- " on its own line parts the message from what stands below it (RFC 3676 §4.3).
  return footer === '' ? '' : `\n\n-- \n${footer}`
}
