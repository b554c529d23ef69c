import type { ActMail } from '../simulator/index.ts'
import { domainOf, type Letter, mailDate, oneLine, originalHeaders, writeReport } from './report.ts'

/** What a mail provider sends when its user presses “spam”: an abuse report (RFC 5965). */
export const writeComplaint = (mail: ActMail, letter: Pick<Letter, 'date' | 'id'>): Buffer => {
  const provider = domainOf(mail.recipient)
  return writeReport(
    {
      ...letter,
      from: `Feedback Loop <feedback@${provider}>`,
      to: mail.envelopeFrom ?? '',
      subject: `FW: ${mail.subject ?? ''}`,
      headers: ['Auto-Submitted: auto-generated'],
    },
    'feedback-report',
    [
      {
        type: 'text/plain; charset=utf-8',
        body: `This is an abuse report for a message received by a user of ${provider}.\n`,
      },
      {
        type: 'message/feedback-report',
        body: [
          'Feedback-Type: abuse',
          'User-Agent: Campanile-Simulator/1.0',
          'Version: 1',
          `Original-Mail-From: <${oneLine(mail.envelopeFrom ?? '')}>`,
          `Original-Rcpt-To: <${oneLine(mail.recipient)}>`,
          `Arrival-Date: ${mailDate(letter.date)}`,
          `Reported-Domain: ${domainOf(mail.from)}`,
          '',
        ].join('\n'),
      },
      originalHeaders(mail),
    ],
  )
}
