import { randomBytes } from 'node:crypto'
import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Deps } from '../../http/deps.ts'
import type { Content } from '../content.ts'
import { findSigningKey } from './signing-key.ts'

type Row = { readonly id: string; readonly created_at: Date }

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

const build = (row: Row, content: Content): Promise<Buffer> =>
  new MailComposer({
    from: { name: '', address: content.from },
    to: { name: '', address: content.to },
    subject: content.subject ?? '',
    text: content.text,
    ...(content.html === null ? {} : { html: content.html }),
    messageId: `<${row.id}@${domainOf(content.from)}>`,
    date: row.created_at,
    // The library derives the boundary of the parts from it; a guessable one would do no harm, but it must differ.
    baseBoundary: randomBytes(8).toString('hex'),
    newline: '\r\n',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    // RFC 3834: no holiday answers to a machine.
    headers: [{ key: 'Auto-Submitted', value: 'auto-generated' }],
  })
    .compile()
    .build()

/**
 * The whole mail (RFC 5322), signed for the domain of its sender (RFC 6376). Its Message-ID is the row's: a mail sent
 * twice after a crash is one message for whoever compares identifiers.
 */
export const composeMail = async (deps: Deps, row: Row, content: Content): Promise<Buffer> => {
  const domainName = domainOf(content.from)
  const { selector, privateKey } = await findSigningKey(deps, domainName)
  const signer = new DKIM({ domainName, keySelector: selector, privateKey })
  const chunks: Buffer[] = []
  for await (const chunk of signer.sign(await build(row, content))) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
