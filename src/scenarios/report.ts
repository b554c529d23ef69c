import type { ActMail } from '../simulator/index.ts'

type Part = { readonly type: string; readonly body: string }
export type Letter = {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly headers?: readonly string[]
  readonly date: Date
  readonly id: string
}

/** Addresses and subjects come from outside: they stay on their line. */
export const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').trim()

export const domainOf = (address: string): string =>
  oneLine(address.split('@').at(-1) ?? '') || 'unknown.invalid'

/** RFC 5322 §3.3. */
export const mailDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000')

const head = ({ from, to, subject, headers = [], date, id }: Letter): string[] => [
  `From: ${oneLine(from)}`,
  `To: <${oneLine(to)}>`,
  `Subject: ${oneLine(subject)}`,
  `Date: ${mailDate(date)}`,
  `Message-ID: <${id}@${domainOf(from.replace(/>$/, ''))}>`,
  'MIME-Version: 1.0',
  ...headers,
]

const bytesOf = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.join('\r\n').replaceAll(/\r?\n/g, '\r\n'))

export const writeLetter = (letter: Letter, text: string): Buffer =>
  bytesOf([
    ...head(letter),
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
  ])

/** A report about a mail: what people read, what programs read, what came (RFC 6522). */
export const writeReport = (letter: Letter, kind: string, parts: readonly Part[]): Buffer => {
  const boundary = `=_${letter.id}`
  return bytesOf([
    ...head(letter),
    `Content-Type: multipart/report; report-type=${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap(({ type, body }) => [`--${boundary}`, `Content-Type: ${type}`, '', body, '']),
    `--${boundary}--`,
    '',
  ])
}

const headersBytesMax = 20_000

/** The header of the mail that is spoken of, as most servers return it. */
export const originalHeaders = ({ raw }: ActMail): Part => {
  const end = raw.indexOf('\r\n\r\n')
  const header = raw.subarray(0, Math.min(end < 0 ? raw.length : end, headersBytesMax)).toString('utf8')
  return { type: 'text/rfc822-headers; charset=utf-8', body: `${header}\r\n` }
}
