import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { findShippedRule } from '../../channels/email/bounce-rules.ts'
import { readParts } from './parts.ts'
import { understandMail } from './understand.ts'

const folder = new URL('./samples/', import.meta.url)
const sample = (name: string): Buffer => readFileSync(new URL(`${name}.eml`, folder))
const withCrlf = (raw: Buffer): Buffer =>
  Buffer.from(raw.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')

const expected: Record<string, [kind: string, code?: string, group?: string, word?: string]> = {
  'postfix-unknown-user': ['bounce', '5.1.1', 'hard', 'unknown_user'],
  'postfix-delayed': ['delayed', '4.4.1'],
  'postfix-expired': ['bounce', '4.4.1', 'soft', 'timeout'],
  'exim-unrouteable': ['bounce', '', 'hard', 'unknown_user'],
  'exim-smtp-error': ['bounce', '5.2.2', 'soft', 'mailbox_full'],
  'exchange-online-not-found': ['bounce', '5.1.10', 'hard', 'unknown_user'],
  'exchange-quota': ['bounce', '5.2.2', 'soft', 'mailbox_full'],
  'gmail-disabled': ['bounce', '5.2.1', 'hard', 'disabled'],
  'gmail-blocked-dmarc': ['bounce', '5.7.26', 'block', 'authentication'],
  'sendmail-user-unknown': ['bounce', '5.1.1', 'hard', 'unknown_user'],
  'qmail-no-mailbox': ['bounce', '5.1.1', 'hard', 'unknown_user'],
  'qmail-over-quota': ['bounce', '552', 'soft', 'mailbox_full'],
  'domino-words-only': ['bounce', '', 'hard', 'unknown_user'],
  'polish-provider': ['bounce', '', 'soft', 'mailbox_full'],
  'status-called-text': ['bounce', '5.7.1', 'block', 'reputation'],
  'status-without-end': ['bounce', '5.1.2', 'hard', 'unknown_domain'],
  'delivered-receipt': ['delivered', '2.1.5'],
  'arf-abuse': ['complaint'],
  'arf-not-spam': ['other'],
  'german-out-of-office': ['out_of_office'],
  'polish-out-of-office': ['out_of_office'],
  'vacation-without-marks': ['out_of_office'],
  'ticket-received': ['auto_reply'],
  challenge: ['challenge'],
  'human-reply': ['other'],
}

test('every sample is expected to mean something', () => {
  expect(readdirSync(folder).toSorted()).toEqual(
    Object.keys(expected)
      .map((name) => `${name}.eml`)
      .toSorted(),
  )
})

describe.each(Object.entries(expected))('%s', (name, [kind, code, group, word]) => {
  test.each([
    ['with bare line feeds', sample(name)],
    ['with CRLF', withCrlf(sample(name))],
  ])('is understood %s', (_how, raw) => {
    const understood = understandMail(raw, '')
    expect(understood.kind).toBe(kind)
    if (code !== undefined) expect(understood.code).toBe(code)
    if (kind !== 'bounce') return
    const found = findShippedRule(understood.code, understood.text).class
    expect(found, understood.text).toBe(word)
    expect(bounceGroupOf(found)).toBe(group)
    expect(understood.address).toBe('anna@example.org')
  })
})

test('a returned message tells whose it was', () => {
  for (const name of ['postfix-unknown-user', 'exim-unrouteable', 'qmail-no-mailbox', 'arf-abuse']) {
    const { evidence } = understandMail(withCrlf(sample(name)), '')
    expect(evidence.messageIds, name).toEqual(['019a0000-0000-7000-8000-000000000001'])
    expect(evidence.returnPaths, name).toEqual(['q'.repeat(64)])
    expect(evidence.linkTokens, name).toHaveLength(1)
  }
})

test.each([
  ['nothing', ''],
  ['no line end', 'Subject: x'],
  ['a boundary that never comes', 'Content-Type: multipart/report; boundary=a\n\nnothing'],
  ['a boundary within itself', `Content-Type: multipart/mixed; boundary=a\n\n${'--a\n'.repeat(10_000)}`],
  ['parts in parts in parts', `${'Content-Type: message/rfc822\n\n'.repeat(500)}x`],
  ['a character set nobody knows', 'Content-Type: text/plain; charset=x-none\n\n\u00fc'],
  ['broken base64', 'Content-Transfer-Encoding: base64\n\n%%%%'],
  ['a status without groups', 'Content-Type: message/delivery-status\n\n\n\n\n'],
  ['NUL', 'Subject: a\u0000b\n\nc\u0000d'],
])('a mail of %s is read without fault', (_what, text) => {
  expect(understandMail(Buffer.from(text), 'a@example.org').kind).toBe('other')
  expect(readParts(Buffer.from(text)).length).toBeLessThanOrEqual(60)
})
