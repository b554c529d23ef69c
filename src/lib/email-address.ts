import { domainToASCII } from 'node:url'

const localPattern = /^[^\s@"(),:;<>[\\\]\p{C}]+$/u
const domainPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const lengthMax = 254

export type EmailAddress = {
  /** As typed, domain lower-cased and as IDNA A-label. */
  readonly address: string
  /** One key for one mailbox: NFC, lower-cased local part; plus-tags and dots are kept (contacts.md §1). */
  readonly key: string
  readonly domain: string
}

/** Reads an address of the usual form (RFC 5321 dot-string, RFC 6531 letters allowed); null when it is none. */
export const parseEmail = (text: string): EmailAddress | null => {
  const trimmed = text.normalize('NFC').trim()
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, at)
  const domain = domainToASCII(trimmed.slice(at + 1).toLowerCase())
  if (at < 1 || Buffer.byteLength(local) > 64 || !localPattern.test(local) || !domainPattern.test(domain))
    return null
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return null
  const address = `${local}@${domain}`
  return address.length > lengthMax ? null : { address, key: `${local.toLowerCase()}@${domain}`, domain }
}

export const isEmail = (text: string): boolean => parseEmail(text) !== null
