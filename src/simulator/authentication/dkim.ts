import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** A key as its DNS record publishes it: the value of `p=` (RFC 6376 §3.6.1, RFC 8463 §4.2). */
export type PublishedKey = {
  readonly domain: string
  readonly selector: string
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256'
  readonly publicKey: string
}
export type DkimResult = {
  readonly domain: string
  readonly selector: string
  /** `permerror`: no key is published under that name (RFC 8601 §2.7.1). */
  readonly result: 'pass' | 'fail' | 'permerror'
}

const signaturesMax = 5

type Field = { readonly name: string; readonly raw: string }

const fieldsOf = (head: string): Field[] =>
  head
    .split(/\r\n(?![ \t])/)
    .filter((raw) => raw.includes(':'))
    .map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }))

const relaxedField = ({ name, raw }: Field): string =>
  `${name}:${raw
    .slice(raw.indexOf(':') + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`

/** `trimEnd` would take other white space, too. */
const relaxedLine = (line: string): string => {
  const single = line.replaceAll(/[ \t]+/g, ' ')
  return single.endsWith(' ') ? single.slice(0, -1) : single
}

/** RFC 6376 §3.4.3 and §3.4.4: no empty lines at the end, and one line end unless a relaxed body is empty. */
const canonicalBody = (body: string, relaxed: boolean): string => {
  const lines = relaxed ? body.split('\r\n').map(relaxedLine) : body.split('\r\n')
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? (relaxed ? '' : '\r\n') : `${lines.join('\r\n')}\r\n`
}

const tagsOf = ({ raw }: Field): ReadonlyMap<string, string> =>
  new Map(
    raw
      .slice(raw.indexOf(':') + 1)
      .split(';')
      .filter((tag) => tag.includes('='))
      .map((tag) => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, ''),
      ]),
  )

/** Named fields are taken from the bottom up; one that is named more often than it occurs is empty (RFC 6376 §5.4.2). */
const signedFields = (fields: readonly Field[], names: readonly string[]): Field[] => {
  const left = [...fields]
  return names.flatMap((name) => {
    const at = left.findLastIndex((field) => field.name === name)
    return at < 0 ? [] : left.splice(at, 1)
  })
}

const openKey = ({ algorithm, publicKey }: PublishedKey): KeyObject => {
  const bytes = Buffer.from(publicKey, 'base64')
  return algorithm === 'rsa-sha256'
    ? createPublicKey({ key: bytes, format: 'der', type: 'spki' })
    : createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
        format: 'jwk',
      })
}

type Mail = { readonly fields: readonly Field[]; readonly body: string }

const holds = ({ fields, body }: Mail, signature: Field, key: PublishedKey): boolean => {
  const tags = tagsOf(signature)
  const [headerForm = 'simple', bodyForm = 'simple'] = (tags.get('c') ?? '').split('/')
  if (tags.get('a') !== key.algorithm || tags.has('l')) return false
  const hash = createHash('sha256').update(canonicalBody(body, bodyForm === 'relaxed'), 'latin1')
  if (hash.digest('base64') !== tags.get('bh')) return false
  const names = (tags.get('h') ?? '').toLowerCase().split(':')
  const form = (field: Field): string => (headerForm === 'relaxed' ? relaxedField(field) : field.raw)
  const unsigned = { ...signature, raw: signature.raw.replace(/([;\s:]b=)[^;]*/, '$1') }
  const lines = signedFields(fields, names).map((field) => `${form(field)}\r\n`)
  const data = Buffer.from(lines.join('') + form(unsigned), 'latin1')
  const proof = Buffer.from(tags.get('b') ?? '', 'base64')
  return key.algorithm === 'rsa-sha256'
    ? verify('sha256', data, openKey(key), proof)
    : verify(null, createHash('sha256').update(data).digest(), openKey(key), proof)
}

/** Judges the signatures of a mail as a receiver would who finds these keys published (RFC 6376 §6). */
export const verifyDkim = (raw: Buffer, keys: readonly PublishedKey[]): DkimResult[] => {
  // Bytes as they are: what is signed is octets, whatever letters they make.
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const mail = {
    fields: fieldsOf(end < 0 ? text : text.slice(0, end)),
    body: end < 0 ? '' : text.slice(end + 4),
  }
  return mail.fields
    .filter(({ name }) => name === 'dkim-signature')
    .slice(0, signaturesMax)
    .map((signature) => {
      const tags = tagsOf(signature)
      const [domain, selector] = [tags.get('d')?.toLowerCase() ?? '', tags.get('s')?.toLowerCase() ?? '']
      const key = keys.find((one) => one.domain === domain && one.selector.toLowerCase() === selector)
      if (!key) return { domain, selector, result: 'permerror' }
      return { domain, selector, result: holds(mail, signature, key) ? 'pass' : 'fail' }
    })
}
