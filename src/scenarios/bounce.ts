import type { ActMail, DsnClass } from '../simulator/index.ts'
import { domainOf, type Letter, mailDate, oneLine, originalHeaders, writeReport } from './report.ts'

type Diagnosis = { readonly status: string; readonly line: string }

const unknownUser: Diagnosis = { status: '5.1.1', line: '550 5.1.1 User unknown: no such mailbox here' }
const fullMailbox: Diagnosis = { status: '5.2.2', line: '552 5.2.2 Mailbox full, quota exceeded' }
const spam: Diagnosis = { status: '5.7.1', line: '554 5.7.1 Message rejected as spam' }

/** What a server says for each class of email.md §11.1. */
const diagnoses: Readonly<Record<DsnClass, Diagnosis>> = {
  hard: unknownUser,
  unknown_user: unknownUser,
  unknown_domain: { status: '5.1.2', line: '550 5.1.2 Domain not found' },
  disabled: { status: '5.2.1', line: '550 5.2.1 The account is disabled' },
  soft: fullMailbox,
  mailbox_full: fullMailbox,
  server: { status: '5.3.0', line: '554 5.3.0 Internal server error' },
  timeout: { status: '4.4.7', line: '451 4.4.7 Message expired: delivery time exceeded' },
  too_large: { status: '5.3.4', line: '552 5.3.4 Message too large' },
  spam,
  policy: { status: '5.7.1', line: '550 5.7.1 Delivery not authorized by policy' },
  reputation: { status: '5.7.1', line: '554 5.7.1 Client host blocked: listed in a blocklist' },
  authentication: { status: '5.7.26', line: '550 5.7.26 DMARC: unauthenticated mail is refused' },
}

export type Bounce = { readonly raw: Buffer; readonly line: string }

/** A delivery status notification of a failed delivery (RFC 3464). */
export const writeBounce = (mail: ActMail, given: DsnClass, letter: Pick<Letter, 'date' | 'id'>): Bounce => {
  const { status, line } = diagnoses[given]
  const server = `mx.${domainOf(mail.recipient)}`
  const recipient = oneLine(mail.recipient)
  const raw = writeReport(
    {
      ...letter,
      from: `Mail Delivery System <MAILER-DAEMON@${server}>`,
      to: mail.envelopeFrom ?? '',
      subject: 'Undelivered Mail Returned to Sender',
      headers: ['Auto-Submitted: auto-replied'],
    },
    'delivery-status',
    [
      {
        type: 'text/plain; charset=utf-8',
        body: `This is the mail system at ${server}.\n\nYour message could not be delivered to <${recipient}>:\n\n    ${line}\n`,
      },
      {
        type: 'message/delivery-status',
        body: [
          `Reporting-MTA: dns; ${server}`,
          `Arrival-Date: ${mailDate(letter.date)}`,
          '',
          `Final-Recipient: rfc822; ${recipient}`,
          `Original-Recipient: rfc822;${recipient}`,
          'Action: failed',
          `Status: ${status}`,
          `Remote-MTA: dns; ${server}`,
          `Diagnostic-Code: smtp; ${line}`,
          `Last-Attempt-Date: ${mailDate(letter.date)}`,
          '',
        ].join('\n'),
      },
      originalHeaders(mail),
    ],
  )
  return { raw, line }
}
