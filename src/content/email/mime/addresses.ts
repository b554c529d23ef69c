import { domainToASCII } from 'node:url'
import { encodedWords, fold, isPlain, oneLine } from './words.ts'

export type Mailbox = { readonly name: string; readonly address: string }

/** Longest name that is written in ASCII on one line with its header's name. */
const nameCharsMax = 60
// Letters beyond ASCII are allowed in a local part by RFC 6532.
const dotAtom = /^[\p{L}\p{N}\p{M}!#$%&'*+\-/=?^_`{|}~]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+\-/=?^_`{|}~]+)*$/u
const quotedText = /^"(?:[^"\\]|\\.)*"$/su

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** An address that ends nowhere early: no line, no space outside quotes, no bracket can leave it. */
export const safeAddress = (given: string): string => {
  const address = oneLine(given).toWellFormed().replace(/[<>]/g, '')
  const at = address.lastIndexOf('@')
  if (at < 0) return dotAtom.test(address) ? address : quote(address)
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).replace(/[\s"(),:;\\]/g, '')
  const ascii = isPlain(domain) ? domain : domainToASCII(domain) || domain
  return `${dotAtom.test(local) || quotedText.test(local) ? local : quote(local)}@${ascii}`
}

const phrase = (name: string): string[] => {
  if (name.length > nameCharsMax || !isPlain(name)) return encodedWords(name)
  return [/^[\w ]+$/.test(name) && !name.includes('  ') ? name : quote(name)]
}

/** From, To, Reply-To with one mailbox (RFC 5322 §3.4). */
export const mailboxHeader = (header: string, { name, address }: Mailbox): string => {
  const shown = oneLine(name).toWellFormed()
  const safe = safeAddress(address)
  return shown === '' ? fold(header, [safe]) : fold(header, [...phrase(shown), `<${safe}>`])
}
