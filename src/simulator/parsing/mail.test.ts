import { describe, expect, test } from 'vitest'
import { readImages } from './links.ts'
import { readMail } from './mail.ts'

const contentUrl = 'http://localhost:8421'
const read = (source: string | Buffer) =>
  readMail(Buffer.isBuffer(source) ? source : Buffer.from(source.replaceAll('\n', '\r\n')), [contentUrl])

const campaignMail = `From: =?utf-8?q?Za=C5=BC=C3=B3=C5=82=C4=87?= <news@acme.test>
To: Eve <eve@example.com>
Subject: =?utf-8?b?WmHFvMOzxYLEhw==?=
List-Unsubscribe: <mailto:u@acme.test?subject=x>,
 <http://localhost:8421/u/TOKEN>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
X-Twice: a
x-twice: b
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

Hello Eve
--a
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>Cze=C5=9B=C4=87 <a href=3D"http://localhost:8421/c/T1">see <b>this</b></a>
<a href=3D"http://localhost:8421/u/T2">leave</a> <a href=3D"http://localhost:8421/v/T3"></a>
<a href=3D"https://example.com/c/x"><img alt=3D"logo" src=3D"cid:logo@x"></a><a href=3D"#top">up</a>
<img src=3D"http://localhost:8421/o/T4"></p>
--a--
--m
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--m
Content-Type: text/csv
Content-Disposition: attachment; filename="../a/b.csv"

a,b
--m--
`

describe('a whole mail', async () => {
  const mail = await read(campaignMail)

  test('gives people, subject and both bodies', () => {
    expect(mail.from).toEqual({ email: 'news@acme.test', name: 'Zażółć' })
    expect(mail.to).toEqual([{ email: 'eve@example.com', name: 'Eve' }])
    expect(mail.subject).toBe('Zażółć')
    expect(mail.text?.trim()).toBe('Hello Eve')
    expect(mail.html).toContain('<p>Cześć')
  })

  test('gives headers in order, unfolded, repeated ones too', () => {
    expect(mail.headers.map(({ name }) => name)).toEqual([
      'From',
      'To',
      'Subject',
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
      'X-Twice',
      'x-twice',
      'MIME-Version',
      'Content-Type',
    ])
    expect(mail.headers[3]?.value).toBe('<mailto:u@acme.test?subject=x>, <http://localhost:8421/u/TOKEN>')
  })

  test('tells its links apart', () => {
    expect(mail.links).toEqual([
      { url: 'http://localhost:8421/c/T1', text: 'see this', kind: 'tracked' },
      { url: 'http://localhost:8421/u/T2', text: 'leave', kind: 'unsubscribe' },
      { url: 'http://localhost:8421/v/T3', text: '', kind: 'web_version' },
      { url: 'https://example.com/c/x', text: 'logo', kind: 'plain' },
    ])
    expect(readImages(mail.html ?? '')).toEqual(['cid:logo@x', 'http://localhost:8421/o/T4'])
  })

  test('offers one-click', () => {
    expect(mail.listUnsubscribe).toEqual({
      https: 'http://localhost:8421/u/TOKEN',
      mailto: 'mailto:u@acme.test?subject=x',
      one_click: true,
    })
  })

  test('gives its parts without paths in their names', () => {
    expect(
      mail.attachments.map(({ filename, contentType, contentId }) => [filename, contentType, contentId]),
    ).toEqual([
      ['logo.png', 'image/png', 'logo@x'],
      ['.._a_b.csv', 'text/csv', null],
    ])
    expect(mail.attachments[1]?.content.toString().trim()).toBe('a,b')
  })
})

test('a mail of plain text gives the links of its text', async () => {
  const mail = await read('Subject: x\n\nGo to http://localhost:8421/c/A, or (https://example.com/b).\n')
  expect(mail.html).toBeNull()
  expect(mail.links).toEqual([
    { url: 'http://localhost:8421/c/A', text: 'http://localhost:8421/c/A', kind: 'tracked' },
    { url: 'https://example.com/b', text: 'https://example.com/b', kind: 'plain' },
  ])
})

test('https without the post header is no one-click', async () => {
  const mail = await read('List-Unsubscribe: <https://x.test/u>\n\n')
  expect(mail.listUnsubscribe).toEqual({ https: 'https://x.test/u', mailto: null, one_click: false })
})

test.each([
  ['nothing at all', ''],
  ['only line breaks', '\r\n\r\n\r\n'],
  ['NUL bytes', 'Subject: a\u0000b\r\nX: \u0000\r\n\r\nte\u0000xt'],
  ['bytes of no encoding', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a, 0x0a, 0xff])],
  ['no header', 'just some text\r\nwithout any structure'],
  ['a multipart without end', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n--x'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=x\r\n\r\nhello'],
  ['a broken base64 part', 'Content-Transfer-Encoding: base64\r\n\r\n====%%%%'],
  ['an unknown charset', 'Content-Type: text/plain; charset=klingon-8\r\n\r\nqapla'],
  ['addresses of no form', 'From: <<>>,,;;\r\nTo: undisclosed-recipients:;\r\n\r\nx'],
  ['a mail within nested mails', `${'Content-Type: message/rfc822\r\n\r\n'.repeat(60)}x`],
  ['a header of a million letters', `Subject: ${'x'.repeat(1_000_000)}\r\n\r\nx`],
  ['ten thousand headers', `${'X-A: b\r\n'.repeat(10_000)}\r\nx`],
  ['a half surrogate', 'Subject: =?utf-16be?b?2AA=?=\r\n\r\n\u{1f600}'],
])('a mail of %s is read without a fault and without what cannot be stored', async (_name, source) => {
  const mail = await read(Buffer.isBuffer(source) ? source : Buffer.from(source))
  const stored = JSON.stringify(mail)
  expect(stored).not.toContain('\\u0000')
  expect(stored).not.toMatch(/\\ud[89a-f]/)
  expect(mail.headers.length).toBeLessThanOrEqual(1_000)
})
