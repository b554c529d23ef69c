import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import type { Language, SystemKind, SystemMessage, SystemValues } from '../kinds.ts'
import { german } from '../texts/de.ts'
import { english } from '../texts/en.ts'
import { polish } from '../texts/pl.ts'
import { render } from './render.ts'

const publicUrl = 'https://panel.example.com'
const config = readConfig({
  PUBLIC_URL: publicUrl,
  CONTENT_URL: 'https://content.example.net',
  SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
})

const at = new Date('2030-01-31T13:05:09.000Z')
const where = { at, address: '203.0.113.7', agent: 'Firefox · Linux' }
const code = { ...where, code: '482913', notMeToken: 'not-me-token' }
const link = { ...where, token: 'link-token' }
/** Every value that a kind may take. */
const values: SystemValues = {
  activation: link,
  invitation: link,
  sign_up_existing: where,
  sign_in_code: code,
  step_up_code: code,
  enrolment_link: link,
  enrolment_code: code,
  email_change_confirm: link,
  email_changed_undo: link,
  email_taken: where,
  phone_code: code,
  phone_changed: { ...where, destination: '+48 *** *** *12' },
  password_reset: link,
  password_changed: where,
  password_known: where,
  not_me_done: { ...where, about: 'ada@example.com' },
  new_device: where,
  blocked_network: where,
  session_elsewhere: where,
  session_dropped: where,
  mfa_changed: { ...where, about: 'ada@example.com', change: 'off' },
  mfa_reset_requested: { ...link, about: 'ada@example.com', executesAt: at },
  mfa_reset_link: link,
  recovery_used: { ...where, left: 9 },
  recovery_low: { ...where, left: 3 },
  passkey_added: where,
  passkey_removed: where,
  role_raised: { ...where, about: 'ada@example.com' },
  api_key_created: { ...where, prefix: 'cmp_live_abcdefghijkl' },
  api_key_suspending: { prefix: 'cmp_live_abcdefghijkl', until: at },
  ip_list_changed: { ...where, added: ['203.0.113.0/24'], removed: ['198.51.100.7'], state: 'enforce' },
  ip_rollback: { added: ['203.0.113.0/24'], removed: [] },
  ip_expiring: { expiresAt: at },
  break_glass_used: { ...where, about: 'ada@example.com', expiresAt: at },
  entitlement_withdrawn: { ...where, key: 'mfa' },
  webhook_disabled: where,
  sender_confirm: { token: 'link-token' },
  sender_domain_broken: { domain: 'acme.example' },
  accounting_mismatch: { campaign: 'Spring' },
  sender_domain_records: { domain: 'acme.example', records: 'TXT  _campanile.acme.example\ntoken' },
}
const kinds = Object.keys(values) as SystemKind[]
const languages: readonly Language[] = ['en', 'pl', 'de']
const written = { en: english, pl: polish, de: german }

const message = (kind: SystemKind, language: Language, to: SystemMessage['to'], more: object = {}) =>
  ({
    accountId: 'a',
    userId: 'u',
    kind,
    to,
    language,
    values: { ...values[kind], ...more },
  }) as unknown as SystemMessage
const mail = (kind: SystemKind, language: Language = 'en', more: object = {}) =>
  render(config, message(kind, language, { email: 'ada@example.com' }, more))
const sms = (kind: SystemKind, language: Language = 'en') =>
  render(config, message(kind, language, { phone: '+48601234567' }))

const every = languages.flatMap((language) => kinds.map((kind) => [kind, language] as const))

describe.each(every)('the mail %s in %s', (kind, language) => {
  const { subject, text, html, code: told, link: href, token } = mail(kind, language)

  test('leaves no place unfilled and has a subject without code or address', () => {
    expect(`${subject} ${text} ${html}`).not.toMatch(/\{\w+\}|undefined|null|Invalid Date/)
    expect(subject?.length).toBeGreaterThan(5)
    expect(subject).not.toMatch(/482913|203\.0\.113|@/)
  })

  test('loads nothing, runs nothing and links to the panel alone', () => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object|form|input|svg)|url\(|@import|\son\w+=/i)
    const addresses = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([found]) => found)
    for (const found of addresses) expect(found.startsWith(`${publicUrl}/`)).toBe(true)
  })

  test('carries its token in the fragment of its link', () => {
    if (token === null) return
    expect(href).toMatch(/^https:\/\/panel\.example\.com\/[a-z/-]+#token=[a-z-]+$/)
    expect(new URL(href ?? '').search).toBe('')
    expect(text).toContain(href)
    expect(html).toContain(href)
  })

  test('says the same in text and in HTML', () => {
    const bare = (html ?? '').replaceAll(/<[^>]+>/g, ' ')
    for (const line of written[language].kinds[kind].lines) {
      const words = line.split('{')[0]?.trim() ?? ''
      if (text.includes(words)) expect(bare).toContain(words)
    }
    if (told !== null) expect(bare).toContain(told)
  })
})

describe.each(every.filter(([kind]) => kind.endsWith('_code')))(
  'the code message %s in %s',
  (kind, language) => {
    test('names code, time, address and browser and lets its reader object', () => {
      const { text, code: told, link: href, token } = mail(kind, language)
      for (const fact of ['482913', '203.0.113.7', 'Firefox · Linux', '2030', '#token=not-me-token'])
        expect(text).toContain(fact)
      expect([told, token]).toEqual(['482913', 'not-me-token'])
      expect(href).toBe(`${publicUrl}/not-me#token=not-me-token`)
    })

    test('ends by SMS with the line that binds it to the panel', () => {
      const { text, subject, html } = sms(kind, language)
      expect(text.split('\n').at(-1)).toBe('@panel.example.com #482913')
      for (const fact of [
        '203.0.113.7',
        'Firefox',
        'Linux',
        '13:05',
        `${publicUrl}/not-me#token=not-me-token`,
      ])
        expect(text).toContain(fact)
      expect([subject, html]).toEqual([null, null])
    })
  },
)

/** Basic characters of 3GPP TS 23.038 that we may use, and its extension table. */
const gsm = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Za-zÄÖÑÜäöñüàéèùìòÇØøÅåßÆæÉ§¿¡£¥¤_^{}\\[\]~|€]*$/
test.each(every)('the text %s in %s needs no letter beyond the GSM alphabet', (kind, language) => {
  expect(sms(kind, language).text).toMatch(gsm)
})

test('the sender is a bare address of the panel’s host, and another where one is configured', () => {
  expect(mail('new_device').from).toBe('no-reply@panel.example.com')
})

test('what a person typed shows as a mask only', () => {
  const { text, html } = mail('mfa_changed')
  expect(`${text}${html}`).not.toContain('ada@example.com')
  expect(text).toContain('a***@e***.com')
})

test('a value that breaks out of HTML stays text', () => {
  const { html } = mail('new_device', 'en', { agent: '<img src=x onerror=alert(1)>"&' })
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;')
})

test('an address that could not be resolved is called unknown, never guessed', () => {
  expect(mail('sign_in_code', 'en', { address: null }).text).toContain('Network address: unknown')
})

test('a line without its value is left out', () => {
  expect(mail('ip_rollback').text).not.toContain('Removed')
  expect(mail('ip_rollback').text).toContain('Added: 203.0.113.0/24')
})

test('times are told in the reader’s zone, and in UTC where none is known', () => {
  const inWarsaw = { ...message('ip_expiring', 'en', { email: 'a@b.example' }), timeZone: 'Europe/Warsaw' }
  expect(render(config, inWarsaw as SystemMessage).text).toMatch(/14:05:09 (?:CET|GMT\+1)/)
  const nowhere = { ...inWarsaw, timeZone: 'Nowhere/Land' }
  expect(render(config, nowhere as SystemMessage).text).toContain('13:05:09 UTC')
})
