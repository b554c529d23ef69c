import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { aMessage } from '../../channels/email/smtp/test/servers.ts'
import { receiptKinds } from './contract.ts'
import { withReference } from './reference.ts'

test.each(receiptKinds)(
  '%s is given our id in a field of its own, and the rest stays as it was',
  async (kind) => {
    const message = aMessage({
      messageId: '01900000-0000-7000-8000-000000000001',
      recipient: 'a@example.org',
    })
    const [marked] = withReference(kind, [message])
    const raw = marked?.raw.toString() ?? ''
    const [first = '', ...rest] = raw.split('\r\n')
    expect(first).toContain('01900000-0000-7000-8000-000000000001')
    expect(rest.join('\r\n')).toBe(message.raw.toString())
    const mail = await simpleParser(raw)
    expect(mail.headerLines[0]?.key).toMatch(
      /^x-(?:ses-message-tags|smtpapi|mailgun-variables|pm-metadata-campanile-message)$/,
    )
  },
)
