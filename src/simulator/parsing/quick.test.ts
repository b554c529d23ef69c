import { expect, test } from 'vitest'
import { compileMime } from '../../content/index.ts'
import { readMail } from './mail.ts'
import { quickHtml, quickRead } from './quick.ts'

const compose = (given: Partial<Record<'fromName' | 'to' | 'subject' | 'html' | 'text', string>>) =>
  compileMime({ fromAddress: 'news@acme.test', replyTo: null, headers: {}, signers: [] })({
    fromName: given.fromName ?? 'News',
    to: { name: given.to ?? '', address: 'eve@example.com' },
    subject: given.subject ?? 'Hello',
    html: given.html ?? '<p>Hello</p>',
    text: given.text ?? 'Hello',
    headers: {},
    messageId: 'a@b',
    date: new Date(0),
  })

test.each([
  [{}],
  [{ fromName: 'Zażółć gęślą', to: 'Ænne "Q" \\ O’Hara, Jr.', subject: 'Ąę — 100 % =?utf-8?q?no?= word' }],
  [{ fromName: 'Smith, John', to: 'a <b> c' }],
  [{ fromName: '', to: '', subject: '' }],
  [{ fromName: 'x'.repeat(200), subject: 'długi temat '.repeat(60) }],
  [{ text: 'Zażółć gęślą jaźń = 5\r\n.dot\r\n--=_campanile--x\r\n' }],
  [{ subject: '🎉 party 🎉'.repeat(20), text: `${'long line '.repeat(300)}` }],
  [{ text: '' }],
  [{ html: '', text: 'text alone' }],
])('reads of its own mail what whole reading reads: %o', async (given) => {
  const raw = compose(given)
  const [quick, whole] = [quickRead(raw), await readMail(raw, ['http://localhost'])]
  expect(quick).not.toBeNull()
  expect(quick?.from).toEqual(whole.from)
  expect(quick?.toName).toBe(whole.to[0]?.name ?? null)
  expect(quick?.subject ?? null).toBe(whole.subject || null)
  expect(quickHtml(raw)?.trimEnd() ?? null).toBe(whole.html?.trimEnd() ?? null)
  const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
  const expected = words(whole.text ?? whole.html?.replaceAll(/<[^>]*>/g, ' ') ?? '')
  expect(expected.startsWith(words(quick?.text ?? '').slice(0, 500))).toBe(true)
  expect(words(quick?.text ?? '') === '').toBe(expected === '')
})

test.each([
  ['nothing', ''],
  ['no body', 'Subject: x'],
  [
    'an attachment',
    'From: a@b.test\r\nTo: c@d.test\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n',
  ],
  [
    'another character set',
    'From: a@b.test\r\nTo: c@d.test\r\nSubject: =?iso-8859-2?Q?=B1?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx',
  ],
  ['no sender', 'To: c@d.test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx'],
  [
    'an unknown encoding',
    'From: a@b.test\r\nTo: c@d.test\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: x-uu\r\n\r\nx',
  ],
])('leaves %s to whole reading', (_name, source) => {
  expect(quickRead(Buffer.from(source))).toBeNull()
})
