import type { ActMail } from '../simulator/index.ts'
import { type Letter, oneLine, writeLetter } from './report.ts'

const messageIdOf = ({ raw }: ActMail): string | undefined =>
  /^message-id:\s*(<[^>\r\n]+>)/im.exec(raw.subarray(0, 10_000).toString('utf8'))?.[1]

/** An automatic answer to the return path (RFC 3834 §4). */
export const writeOutOfOffice = (mail: ActMail, letter: Pick<Letter, 'date' | 'id'>): Buffer => {
  const original = messageIdOf(mail)
  return writeLetter(
    {
      ...letter,
      from: `<${oneLine(mail.recipient)}>`,
      to: mail.envelopeFrom ?? '',
      subject: `Automatic reply: ${mail.subject ?? ''}`,
      headers: [
        'Auto-Submitted: auto-replied',
        'X-Auto-Response-Suppress: All',
        'Precedence: bulk',
        ...(original ? [`In-Reply-To: ${original}`, `References: ${original}`] : []),
      ],
    },
    'I am out of the office and will read your message when I am back.',
  )
}
