import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import { describe, expect, test } from 'vitest'
import { Fixed, joinPieces } from '../../liquid/pieces.ts'
import { compileMime, type MimeMessage } from './compose.ts'
import { oneLine } from './words.ts'

const frame = { fromAddress: 'shop@acme.test', replyTo: 'help@acme.test', headers: {}, signers: [] }
const message = (given: Partial<MimeMessage> = {}): MimeMessage => ({
  fromName: 'Shop',
  to: { name: 'Eve', address: 'eve@example.com' },
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: {},
  messageId: 'm1@c.test',
  date: new Date('2026-11-22T12:00:00Z'),
  ...given,
})
const compose = (given: Partial<MimeMessage> = {}): Buffer => compileMime(frame)(message(given))

const lineEnds = /\r\n|\r|\n/g
const shown = (text: string): string => oneLine(text).toWellFormed()
const unified = (text: string): string => text.toWellFormed().replaceAll(lineEnds, '\n')

const spice = [
  'Zażółć gęślą jaźń',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'שלום עולם',
  'مرحبا\u202e',
  '日本語のテキスト',
  '\ud800',
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\n.\n',
  '\r\n.\r\n',
  '\n..',
  '\nFrom here',
  ' \n',
  '\t\r\n',
  '  ',
  '=?UTF-8?Q?=41?=',
  '=41',
  '--=_campanile--',
  '\n--=_campanile\n',
  '\u2028Bcc: evil@x.test',
  '\r\nBcc: evil@x.test\r\n\r\n',
  'x'.repeat(74),
  'x'.repeat(1_200),
  'ż'.repeat(600),
  '"',
  '\\',
  '<evil@x.test>',
  ',',
  'plain words and more of them',
]
const text = (min = 0): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...spice),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
      ),
      { minLength: min, maxLength: 12 },
    )
    .map((pieces) => pieces.join(''))

const headOf = (raw: Buffer): string => raw.toString('latin1').split('\r\n\r\n')[0] ?? ''
const namesIn = (head: string): string[] =>
  head.split('\r\n').flatMap((line) => (/^[ \t]/.test(line) ? [] : [line.split(':')[0] ?? '']))

/** What every message keeps, whatever it was made of. */
const expectSound = (raw: Buffer): void => {
  const wire = raw.toString('latin1')
  expect(wire.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/)
  expect(wire).not.toMatch(/[\u0080-\u00ff]/)
  expect(wire.endsWith('\r\n')).toBe(true)
  for (const line of wire.split('\r\n')) {
    expect(line.length).toBeLessThanOrEqual(78)
    expect(line.startsWith('.')).toBe(false)
    expect(line.startsWith('From ')).toBe(false)
  }
  for (const line of headOf(raw).split('\r\n')) expect(line.trim()).not.toBe('')
}

const own = ['From', 'To', 'Subject', 'Message-ID', 'Date', 'Reply-To', 'MIME-Version']

describe('a composed message, whatever it is made of,', () => {
  test('reads back as it was given and holds no header that was not meant', async () => {
    await fc.assert(
      fc.asyncProperty(text(), text(), text(), text(1), text(1), async (from, to, subject, html, plain) => {
        const raw = compose({
          fromName: from,
          to: { name: to, address: 'eve@example.com' },
          subject,
          html: `<p>${html}`,
          text: `>${plain}`,
        })
        expectSound(raw)
        expect(namesIn(headOf(raw))).toEqual([...own, 'Content-Type'])
        const mail = await simpleParser(raw)
        expect(mail.subject ?? '').toBe(shown(subject))
        expect(mail.from?.value).toEqual([{ name: shown(from), address: 'shop@acme.test' }])
        expect(mail.to && 'value' in mail.to && mail.to.value).toEqual([
          { name: shown(to), address: 'eve@example.com' },
        ])
        expect(mail.html).toBe(unified(`<p>${html}`))
        expect(mail.text).toBe(unified(`>${plain}`))
        expect(mail.attachments).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('takes no second header from addresses, ids and prepared values', () => {
    fc.assert(
      fc.property(text(), text(), text(), text(), (address, id, name, value) => {
        const raw = compileMime({ ...frame, fromAddress: address, replyTo: address })(
          message({
            to: { name: '', address: `${address}@x.test` },
            messageId: id,
            headers: { [`X-${name}`]: value },
          }),
        )
        const names = namesIn(headOf(raw))
        expect(names.slice(0, 7)).toEqual(own)
        expect(names).toHaveLength(9)
        expect(names[7]).toMatch(/^X-[A-Za-z0-9-]*$/)
        expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/)
      }),
      { numRuns: 300 },
    )
  })

  test('has one part where only one is given', async () => {
    await fc.assert(
      fc.asyncProperty(text(1), fc.boolean(), async (content, isHtml) => {
        const raw = compose(isHtml ? { html: content, text: '' } : { html: '', text: content })
        if (content === '') return
        expectSound(raw)
        const mail = await simpleParser(raw)
        const read = (isHtml ? mail.html : mail.text) || ''
        expect(read.replace(/\n$/, '')).toBe(unified(content).replace(/\n$/, ''))
        expect(headOf(raw)).toContain(`Content-Type: text/${isHtml ? 'html' : 'plain'}`)
      }),
      { numRuns: 150 },
    )
  })
})

const piece = fc.oneof(
  fc.constantFrom('\n.', '\nFrom here', '\r', ' ', '\t', '\n', 'ż', 'F', '.', 'x'.repeat(90)),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const paragraph = fc
  .array(piece, { maxLength: 6 })
  .map(
    (pieces) =>
      `${pieces.join('')}${'<td style="padding:12px">zażółć  gęślą\n\t jaźń</td>'.repeat(4)}${pieces.join('')}`,
  )

test('texts that all messages share are encoded beforehand and read the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(paragraph, piece, fc.boolean()), { minLength: 1, maxLength: 4 }),
      async (parts) => {
        const pieces = parts.flatMap(([known, own, shows]) => (shows ? [own, new Fixed(known)] : [own]))
        const raw = compose({ html: ['<p>', ...pieces], text: ['<p>', ...pieces] })
        const content = joinPieces(['<p>', ...pieces])
        expectSound(raw)
        const mail = await simpleParser(raw)
        expect(mail.html).toBe(unified(content))
        expect(mail.text).toBe(unified(content))
      },
    ),
    { numRuns: 300 },
  )
})

const boundaries = (raw: Buffer): string =>
  raw.toString('latin1').replaceAll(/--_NmP-\w+-Part_1/g, '=_campanile')
const whole = (given: MimeMessage['html']): string => (typeof given === 'string' ? given : joinPieces(given))
const byNodemailer = (given: MimeMessage): Promise<Buffer> =>
  new MailComposer({
    from: { name: given.fromName, address: 'shop@acme.test' },
    to: given.to,
    replyTo: 'help@acme.test',
    subject: given.subject,
    html: whole(given.html),
    text: whole(given.text),
    messageId: `<${given.messageId}>`,
    date: given.date,
    newline: '\r\n',
    textEncoding: 'quoted-printable',
  })
    .compile()
    .build()
const unbroken = (raw: string): string => raw.slice(raw.indexOf('\r\n\r\n')).replaceAll('=\r\n', '')
const sorted = (head: string): string[] => head.replaceAll('\r\n ', ' ').split('\r\n').toSorted()

const word = fc.constantFrom('spring', 'news', 'a=b', 'half.', 'żółw', 'ä', '日本', '🎉', '100%', '<b>x</b>')
const shortLines = fc
  .array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.map((words) => words.join(' ')).join('\n'))
const asciiWord = fc.constantFrom('spring', 'news', 'half.', '100%', 'for', 'you')
const asciiText = fc.array(asciiWord, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '))

describe('the composer of nodemailer', () => {
  test('writes the same bodies byte for byte broken at other places', async () => {
    await fc.assert(
      fc.asyncProperty(shortLines, shortLines, async (html, plain) => {
        const given = message({ html, text: plain })
        expect(unbroken(compose(given).toString('latin1'))).toBe(
          unbroken(boundaries(await byNodemailer(given))),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('writes the same headers for ASCII, in another order and folded elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(asciiText, async (subject) => {
        const given = message({ subject })
        const theirs = boundaries(await byNodemailer(given))
        expect(sorted(headOf(compose(given)))).toEqual(sorted(theirs.split('\r\n\r\n')[0] ?? ''))
      }),
      { numRuns: 100 },
    )
  })

  test('is read as the same mail', async () => {
    await fc.assert(
      fc.asyncProperty(shortLines, text(1), async (subject, content) => {
        const given = message({
          subject: shown(subject),
          html: `<p>${unified(content)}`,
          text: `>${unified(content)}`,
        })
        const [ours, theirs] = await Promise.all([
          simpleParser(compose(given)),
          simpleParser(await byNodemailer(given)),
        ])
        expect(ours.subject).toBe(theirs.subject)
        expect(ours.html).toBe(theirs.html)
        expect(ours.text?.trimEnd()).toBe(theirs.text?.trimEnd())
      }),
      { numRuns: 100 },
    )
  })
})

test.each([
  ['a@żółw.test', 'a@xn--w-uga1v8h.test'],
  ['john doe@x.test', '"john doe"@x.test'],
  ['"john doe"@x.test', '"john doe"@x.test'],
  ['a.b+c@x.test', 'a.b+c@x.test'],
  ['a..b@x.test', '"a..b"@x.test'],
  ['a@[192.0.2.1]', 'a@[192.0.2.1]'],
])('the address %s is written as %s', (address, written) => {
  expect(headOf(compose({ to: { name: '', address } }))).toContain(`\r\nTo: ${written}\r\n`)
})

test('one message does not show through in the next', () => {
  const composeNext = compileMime(frame)
  const long = composeNext(message({ html: 'ż'.repeat(300_000), text: 'x'.repeat(300_000) }))
  const before = Buffer.from(long)
  expect(composeNext(message())).toEqual(compose())
  expect(long).toEqual(before)
})
