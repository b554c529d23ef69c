import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { composeMime, type MimeParts } from './mime.ts'

const parts = (given: Partial<MimeParts> = {}): MimeParts => ({
  from: { name: 'Sklep „Żółw”', address: 'shop@acme.test' },
  to: { name: 'Łucja, "Lu"', address: 'lu@x.test' },
  replyTo: 'help@acme.test',
  subject: 'Zażółć gęślą jaźń 🎉',
  html: '<p>Zażółć</p>\n.\n<p>two</p>',
  text: 'Zażółć\n.\nFrom here\nline two',
  headers: {
    'List-Unsubscribe': `<https://c.test/u/${'A'.repeat(300)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'X-Campanile-Message': '0190a000-0000-7000-8000-00000000000c',
  },
  messageId: '0190a000-0000-7000-8000-00000000000c@c.test',
  date: new Date('2026-11-22T12:00:00Z'),
  ...given,
})

describe('a composed message', () => {
  test('reads back as it was given', async () => {
    const given = parts()
    const mail = await simpleParser(await composeMime(given))
    expect(mail.from?.value).toEqual([{ name: given.from.name, address: given.from.address }])
    expect(mail.to && 'value' in mail.to && mail.to.value).toEqual([
      { name: given.to.name, address: given.to.address },
    ])
    expect(mail.replyTo?.text).toBe('help@acme.test')
    expect(mail.subject).toBe(given.subject)
    expect(mail.html).toBe(given.html)
    expect(mail.text?.trimEnd()).toBe(given.text)
    expect(mail.messageId).toBe(`<${given.messageId}>`)
    expect(mail.date).toEqual(given.date)
    expect(mail.headers.get('x-campanile-message')).toBe(given.headers['X-Campanile-Message'])
    const raw = mail.headerLines.map(({ line }) => line)
    expect(raw).toContain(`List-Unsubscribe: ${given.headers['List-Unsubscribe']}`)
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' })
  })

  test('ends every line in CRLF, has no line above 998 octets and seven bits only', async () => {
    const raw = (await composeMime(parts({ html: `<p>${'ż'.repeat(5_000)}</p>` }))).toString('latin1')
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
    expect(raw).not.toMatch(/[\u0080-\u00ff]/)
  })

  test.each<[string, Partial<MimeParts>]>([
    ['subject', { subject: 'x\r\nBcc: evil@x.test' }],
    ['name of the sender', { from: { name: 'x\r\nBcc: evil@x.test', address: 'a@x.test' } }],
    ['name of the recipient', { to: { name: 'x\nBcc: evil@x.test\n', address: 'a@x.test' } }],
    ['address of the recipient', { to: { name: '', address: 'a@x.test\r\nBcc: evil@x.test' } }],
    ['reply address', { replyTo: 'a@x.test\r\nBcc: evil@x.test' }],
    ['header value', { headers: { 'X-A': 'x\r\nBcc: evil@x.test' } }],
    ['header name', { headers: { 'X-A: x\r\nBcc': 'evil@x.test' } }],
    ['message id', { messageId: 'x>\r\nBcc: evil@x.test' }],
    ['separator of Unicode', { subject: 'x\u2028Bcc: evil@x.test\u0085Bcc: evil@x.test' }],
  ])('takes no second header from the %s', async (_place, given) => {
    const raw = await composeMime(parts(given))
    const head = raw.toString().split('\r\n\r\n')[0] ?? ''
    expect(head).not.toMatch(/^bcc:/im)
    expect((await simpleParser(raw)).bcc).toBeUndefined()
  })
})
