import { createPrivateKey, hash, type KeyObject, sign } from 'node:crypto'
import { domainToASCII } from 'node:url'
import type { Signer } from '../mime/compose.ts'
import { type Field, relaxField } from '../mime/field.ts'
import { relaxBody } from './body.ts'

export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256'
export type DkimKey = {
  readonly domain: string
  readonly selector: string
  /** PEM (PKCS #8) or what was made of it. */
  readonly key: KeyObject | string
  readonly algorithm: DkimAlgorithm
}

const rsaBitsMin = 2_048
const lineCharsMax = 76

/**
 * Signed once more than they occur, so that nobody can add a second one that readers would show instead
 * (RFC 6376 §8.15).
 */
const oversigned = [
  'from',
  'to',
  'cc',
  'subject',
  'reply-to',
  'date',
  'message-id',
  'mime-version',
  'content-type',
]

/** Added or changed under way (RFC 6376 §5.4.1). */
const unsigned = new Set(['return-path', 'received', 'bcc', 'comments', 'keywords', 'dkim-signature'])

const openKey = ({ key, algorithm }: DkimKey): KeyObject => {
  const opened = typeof key === 'string' ? createPrivateKey(key) : key
  const type = algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519'
  if (opened.asymmetricKeyType !== type) throw new Error(`the key is not made for ${algorithm}`)
  const bits = opened.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < rsaBitsMin) throw new Error(`the key is shorter than ${rsaBitsMin} bits`)
  return opened
}

/** Pieces in lines, each after a fold; `joint` ends a line. */
const wrap = (pieces: readonly string[], joint: string): string => {
  let text = ''
  let line = ''
  pieces.forEach((piece, index) => {
    const whole = index === pieces.length - 1 ? piece : piece + joint
    if (line !== '' && line.length + whole.length > lineCharsMax) {
      text += `${line}\r\n `
      line = ''
    }
    line += whole
  })
  return text + line
}

type HeaderList = { readonly fields: readonly number[]; readonly text: string }

/** Which fields are signed and in which order: of one name the lowest first (RFC 6376 §5.4.2). */
const listHeaders = (fields: readonly Field[]): HeaderList => {
  const order = fields
    .map((_field, index) => fields.length - 1 - index)
    .filter((index) => !unsigned.has(fields[index]?.name ?? ''))
  const names = order.map((index) => fields[index]?.name ?? '')
  return { fields: order, text: wrap([...names, ...oversigned], ':') }
}

const makeSign = (key: KeyObject, algorithm: DkimAlgorithm): ((signed: string) => string) => {
  if (algorithm === 'rsa-sha256')
    return (signed) => sign('sha256', Buffer.from(signed), key).toString('base64')
  // The digest itself is what Ed25519 signs here (RFC 8463 §3).
  return (signed) => sign(null, hash('sha256', signed, 'buffer'), key).toString('base64')
}

const piecesOf = (signature: string): string[] => signature.match(/.{1,72}/g) ?? []

/** Signs by RFC 6376, relaxed on both sides, the whole body; `l=` is never used. */
export const makeDkimSigner = (given: DkimKey): Signer => {
  const { algorithm, selector } = given
  const signText = makeSign(openKey(given), algorithm)
  const domain = domainToASCII(given.domain)
  if (domain === '' || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(selector))
    throw new Error('not a name for DKIM')
  const start = `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed;\r\n d=${domain}; s=${selector};\r\n`
  // Messages of one kind have the same names in the same order.
  let known: { readonly names: string; readonly list: HeaderList } = { names: '', list: listHeaders([]) }
  return ({ fields, body, ready, date }) => {
    let names = ''
    for (const field of fields) names += `${field.name}:`
    if (known.names !== names) known = { names, list: listHeaders(fields) }
    let signed = ''
    for (const index of known.list.fields) {
      const field = fields[index]
      if (field) signed += `${field.relaxed ?? relaxField(field.line)}\r\n`
    }
    const seconds = Math.floor(date.getTime() / 1_000)
    const bodyHash = hash('sha256', relaxBody(body, ready), 'base64')
    const line = `${start} t=${seconds}; bh=${bodyHash};\r\n h=${known.list.text};\r\n b=`
    const signature = signText(signed + relaxField(line))
    return `${line}${piecesOf(signature).join('\r\n ')}\r\n`
  }
}
