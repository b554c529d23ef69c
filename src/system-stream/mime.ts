import MailComposer from 'nodemailer/lib/mail-composer'
import type { Deps } from '../http/deps.ts'
import type { Content } from './content.ts'

type Row = { readonly id: string; readonly created_at: Date }

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/**
 * The whole mail (RFC 5322). The same row gives the same bytes, so that a mail sent twice after a crash is one message
 * for whoever compares identifiers.
 */
export const composeMail = (_deps: Deps, row: Row, content: Content): Promise<Buffer> =>
  new MailComposer({
    from: { name: '', address: content.from },
    to: { name: '', address: content.to },
    subject: content.subject ?? '',
    text: content.text,
    ...(content.html === null ? {} : { html: content.html }),
    messageId: `<${row.id}@${domainOf(content.from)}>`,
    date: row.created_at,
    baseBoundary: row.id,
    newline: '\r\n',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    // RFC 3834: no holiday answers to a machine.
    headers: [{ key: 'Auto-Submitted', value: 'auto-generated' }],
  })
    .compile()
    .build()
