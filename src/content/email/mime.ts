import MailComposer from 'nodemailer/lib/mail-composer'
import { oneLine } from './render.ts'

export type Mailbox = { readonly name: string; readonly address: string }
export type MimeParts = {
  readonly from: Mailbox
  readonly to: Mailbox
  readonly replyTo: string | null
  readonly subject: string
  readonly html: string
  readonly text: string
  /** Written as given; names and values stay on one line each. */
  readonly headers: Readonly<Record<string, string>>
  /** Without angle brackets. */
  readonly messageId: string
  readonly date: Date
}

const mailbox = ({ name, address }: Mailbox) => ({ name: oneLine(name), address: oneLine(address) })

/** The whole message (RFC 5322): text and HTML as alternatives, UTF-8, lines ending in CRLF. */
export const composeMime = (parts: MimeParts): Promise<Buffer> =>
  new MailComposer({
    from: mailbox(parts.from),
    to: mailbox(parts.to),
    ...(parts.replyTo === null ? {} : { replyTo: oneLine(parts.replyTo) }),
    subject: oneLine(parts.subject),
    html: parts.html,
    text: parts.text,
    messageId: `<${oneLine(parts.messageId)}>`,
    date: parts.date,
    newline: '\r\n',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: Object.entries(parts.headers).map(([key, value]) => ({
      key: key.replace(/[^A-Za-z0-9-]/g, ''),
      // Prepared values are neither folded nor encoded: a token must stay whole.
      value: { prepared: true, value: oneLine(value) },
    })),
  })
    .compile()
    .build()
