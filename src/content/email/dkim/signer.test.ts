import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import fc from 'fast-check'
import DKIM from 'nodemailer/lib/dkim'
import { describe, expect, test } from 'vitest'
import { Fixed } from '../../liquid/pieces.ts'
import { compileMime, type MimeMessage, type Signer } from '../mime/compose.ts'
import { relaxBody } from './body.ts'
import { makeDkimSigner } from './signer.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey
const keyOf = { 'rsa-sha256': rsa, 'ed25519-sha256': ed25519 }
const algorithms = ['rsa-sha256', 'ed25519-sha256'] as const
type Algorithm = (typeof algorithms)[number]
const signerFor = (algorithm: Algorithm): Signer =>
  makeDkimSigner({ domain: 'acme.test', selector: 'c1', key: keyOf[algorithm], algorithm })

const composeWith = (signers: readonly Signer[], given: Partial<MimeMessage> = {}): Buffer =>
  compileMime({
    fromAddress: 'shop@acme.test',
    replyTo: 'help@acme.test',
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    signers,
  })({
    fromName: 'Sklep „Żółw”',
    to: { name: 'Łucja', address: 'lu@x.test' },
    subject: 'Zażółć gęślą jaźń 🎉 and so on until the line is too long for one',
    html: '<p>Zażółć</p>\n   <b>\t two</b>\n\n\n',
    text: 'Zażółć  two\n\n',
    headers: { 'List-Unsubscribe': `<https://c.test/u/${'A'.repeat(200)}>` },
    messageId: 'm1@c.test',
    date: new Date('2026-11-22T12:00:00Z'),
    ...given,
  })

const tagsOf = (header: string): Map<string, string> =>
  new Map(
    header
      .slice(header.indexOf(':') + 1)
      .replaceAll(/\s+/g, '')
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)] as const),
  )

const headersOf = (raw: string): string[] => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  return head.split(/\r\n(?![ \t])/)
}

// A second reading of RFC 6376 §3.4, written for this test from the text of the standard.
const relaxHeader = (header: string): string => {
  const [name = '', ...rest] = header.split(':')
  return `${name.toLowerCase().trim()}:${rest
    .join(':')
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`
}
const relaxText = (body: string): string => {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`
}

const verifies = (raw: string, header: string, key: KeyObject): boolean => {
  const tags = tagsOf(header)
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  const bodyHash = createHash('sha256').update(relaxText(body), 'latin1').digest('base64')
  if (bodyHash !== tags.get('bh')) return false
  const left = headersOf(raw).filter((line) => !/^dkim-signature:/i.test(line))
  const chosen = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const index = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name}:`))
    return index < 0 ? [] : left.splice(index, 1)
  })
  const own = relaxHeader(header.replace(/(;\s*b=)[^;]*$/, '$1'))
  const signed = Buffer.from([...chosen.map((line) => `${relaxHeader(line)}\r\n`), own].join(''), 'latin1')
  const signature = Buffer.from(tags.get('b') ?? '', 'base64')
  const isRsa = tags.get('a') === 'rsa-sha256'
  const material = isRsa ? signed : createHash('sha256').update(signed).digest()
  return verify(isRsa ? 'sha256' : null, material, createPublicKey(key), signature)
}

const signatureOf = (raw: string): string => headersOf(raw)[0] ?? ''

describe.each(algorithms)('a signature by %s', (algorithm) => {
  const raw = composeWith([signerFor(algorithm)]).toString('latin1')
  const key = keyOf[algorithm]

  test('verifies and covers the headers that matter, From once more than it occurs', () => {
    expect(verifies(raw, signatureOf(raw), key)).toBe(true)
    const tags = tagsOf(signatureOf(raw))
    const names = (tags.get('h') ?? '').split(':')
    expect(names.filter((name) => name === 'from')).toHaveLength(2)
    expect(names).toEqual(
      expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'subject', 'to']),
    )
    expect(Object.fromEntries(tags)).toMatchObject({
      v: '1',
      a: algorithm,
      c: 'relaxed/relaxed',
      d: 'acme.test',
      s: 'c1',
      t: '1795348800',
    })
    expect(tags.has('l')).toBe(false)
    for (const line of signatureOf(raw).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
  })

  test.each([
    ['a changed subject', (text: string) => text.replace('Subject: =?UTF-8?', 'Subject: x =?UTF-8?')],
    ['a changed body', (text: string) => text.replace('two', 'too')],
    ['text behind the end', (text: string) => `${text}more\r\n`],
    ['a second From', (text: string) => text.replace('\r\nTo:', '\r\nFrom: evil@x.test\r\nTo:')],
    ['a second subject', (text: string) => text.replace('\r\nTo:', '\r\nSubject: free money\r\nTo:')],
    ['a Cc that was not there', (text: string) => text.replace('\r\nTo:', '\r\nCc: evil@x.test\r\nTo:')],
  ])('does not verify with %s', (_what, change) => {
    const changed = change(raw)
    expect(changed).not.toBe(raw)
    expect(verifies(changed, signatureOf(changed), key)).toBe(false)
  })

  test.each([
    ['other white space', (text: string) => text.replace('Date: ', 'date:   ').replaceAll(' two', ' \t two')],
    ['empty lines at the end', (text: string) => `${text}\r\n\r\n`],
    ['headers of the way', (text: string) => `Received: from a by b\r\n${text}`],
  ])('bears %s', (_what, change) => {
    const changed = change(raw)
    expect(changed).not.toBe(raw)
    const header = headersOf(changed).find((line) => line.startsWith('DKIM-Signature')) ?? ''
    expect(verifies(changed, header, key)).toBe(true)
  })

  test('verifies over whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', '.', 'a', 'ż'), maxLength: 200 }),
        (subject, content) => {
          const mail = composeWith([signerFor(algorithm)], { subject, html: content, text: content })
          const text = mail.toString('latin1')
          expect(verifies(text, signatureOf(text), key)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('stretches that were made canonical beforehand change nothing', () => {
  const known = new Fixed('<td style="padding:12px">zażółć  gęślą\n\t jaźń</td>'.repeat(4))
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', '.', 'F', 'a', 'ż'), maxLength: 20 }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      (own) => {
        const content = [...own.flatMap((text) => [text, known]), own[0] ?? '']
        const raw = compileMime({
          fromAddress: 'shop@acme.test',
          replyTo: null,
          headers: {},
          signers: [signerFor('ed25519-sha256')],
        })({
          fromName: '',
          to: { name: '', address: 'lu@x.test' },
          subject: 'x',
          html: content,
          text: content,
          headers: {},
          messageId: 'm1@c.test',
          date: new Date('2026-11-22T12:00:00Z'),
        }).toString('latin1')
        expect(verifies(raw, signatureOf(raw), ed25519)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
})

test('both signatures stand side by side and each verifies', () => {
  const raw = composeWith(algorithms.map(signerFor)).toString('latin1')
  const [first = '', second = ''] = headersOf(raw)
  expect(verifies(raw, first, rsa)).toBe(true)
  expect(verifies(raw, second, ed25519)).toBe(true)
})

test('the body is canonical as the standard says', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom(' ', '\t', '\r\n', 'a', 'b c', '.'), { maxLength: 60 })
        .map((all) => all.join('')),
      (body) => {
        expect(relaxBody(Buffer.from(body)).toString()).toBe(relaxText(body))
      },
    ),
  )
  // The example of RFC 6376 §3.4.5.
  expect(relaxBody(Buffer.from(' C \r\nD \t E\r\n\r\n\r\n')).toString()).toBe(' C\r\nD E\r\n')
})

test('nodemailer finds the same hash of the body', async () => {
  const raw = composeWith([signerFor('rsa-sha256')])
  const pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
  const theirs = new DKIM({ domainName: 'acme.test', keySelector: 'c1', privateKey: pem }).sign(raw)
  const chunks: Buffer[] = []
  for await (const chunk of theirs) chunks.push(chunk as Buffer)
  const [signature = ''] = headersOf(Buffer.concat(chunks).toString('latin1'))
  expect(tagsOf(signature).get('bh')).toBe(tagsOf(signatureOf(raw.toString('latin1'))).get('bh'))
})

test.each([
  ['an RSA key of 1024 bits', { key: generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey }],
  ['a key of another kind', { key: ed25519 }],
  ['a selector that is no name', { selector: 'a b' }],
  ['a domain that is no name', { domain: 'a b' }],
])('%s is refused', (_what, given) => {
  const fine = { domain: 'acme.test', selector: 'c1', key: rsa, algorithm: 'rsa-sha256' } as const
  expect(() => makeDkimSigner({ ...fine, ...given })).toThrow()
})
