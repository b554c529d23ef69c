import { readFileSync } from 'node:fs'
import { domainToASCII } from 'node:url'
import { getDomain, getPublicSuffix, parse } from 'tldts'
import { invalidField, unprocessable } from '../http/errors.ts'

const nameCharsMax = 253
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** What ends in a number is an address to whoever reads it (WHATWG URL, "ends in a number"). */
const numeric = /^\d+$/

const publicMailboxes: ReadonlySet<string> = new Set(
  JSON.parse(readFileSync(new URL('./public-mailbox-domains.json', import.meta.url), 'utf8')) as string[],
)

const invalidDomain = (detail: string) =>
  unprocessable('invalid_domain', detail, {
    errors: [{ pointer: '/domain', code: 'invalid_domain', detail }],
  })
const publicDomain = (detail: string) =>
  unprocessable('public_domain_refused', detail, {
    errors: [{ pointer: '/domain', code: 'public_domain_refused', detail }],
  })

const parentsOf = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels.map((_, at) => labels.slice(at).join('.'))
}

/** The service that gives mailboxes under this name to everybody; null where none is known. */
export const publicMailboxOf = (domain: string): string | null =>
  parentsOf(domain).find((parent) => publicMailboxes.has(parent)) ?? null

const isName = (name: string): boolean => {
  const labels = name.split('.')
  return (
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    !numeric.test(labels.at(-1) ?? '') &&
    name.length <= nameCharsMax
  )
}

/**
 * A name that one owner can prove, as A-label in lower case.
 * @throws AppError 422 `invalid_domain`, `public_domain_refused`
 */
export const readDomain = (text: string): string => {
  const plain = text.trim().toLowerCase().replace(/\.$/, '')
  // Read as a host, "a/b" or "a@b" would lose a part instead of being refused.
  const domain = /[\s/?#@:\\%[\]]/.test(plain) ? '' : domainToASCII(plain)
  if (!isName(domain)) {
    if (label.test(domain) && parse(domain, { validateHostname: false }).isIcann)
      throw publicDomain('A domain has at least two parts, like example.com.')
    throw invalidDomain('This is not a domain name like example.com.')
  }
  // Private ones too: whoever hosts pages for everybody lets everybody prove a name below.
  if (getPublicSuffix(domain, { allowPrivateDomains: true, validateHostname: false }) === domain)
    throw publicDomain(`Everybody can have a name below ${domain}; nobody owns it.`)
  const mailbox = parentsOf(domain).find((parent) => publicMailboxes.has(parent))
  if (mailbox) throw publicDomain(`${mailbox} gives mailboxes to everybody; write from a domain of your own.`)
  return domain
}

/** The name an owner registered: `example.com` of `news.example.com`. */
export const registrableOf = (domain: string): string =>
  getDomain(domain, { allowPrivateDomains: true, validateHostname: false }) ?? domain

/** A subdomain keeps the reputation of bulk mail apart from that of the company's letters. */
export const suggestedSubdomain = (domain: string): string | null =>
  registrableOf(domain) === domain ? `news.${domain}` : null

/**
 * The first part of a name below the domain.
 * @throws AppError 422 `validation_failed`
 */
export const readLabel = (pointer: string, text: string, domain: string): string => {
  const read = domainToASCII(text.trim().toLowerCase())
  if (!label.test(read))
    throw invalidField(pointer, 'pattern', 'must be one part of a name: letters, digits and hyphens')
  if (`${read}.${domain}`.length > nameCharsMax)
    throw invalidField(pointer, 'too_long', `the name would be longer than ${nameCharsMax} characters`)
  return read
}

/** @throws AppError 422 `invalid_selector` */
export const readSelector = (text: string): string => {
  if (/^[a-z0-9]{3,7}$/.test(text)) return text
  const detail = 'A selector has 3 to 7 characters of a-z and 0-9.'
  throw unprocessable('invalid_selector', detail, {
    errors: [{ pointer: '/dkim_selector', code: 'invalid_selector', detail }],
  })
}

/** For the key after the present one; it ends in `2`, or in `3` where the first already does. */
export const secondSelector = (first: string): string =>
  first.slice(0, -1) + (first.endsWith('2') ? '3' : '2')
