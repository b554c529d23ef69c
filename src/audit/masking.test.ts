import { describe, expect, it } from 'vitest'
import { maskedValue, maskSecrets } from './masking.ts'
import { hideContacts, takePersonal } from './personal.ts'

describe('secrets in a difference', () => {
  it.each([
    ['password', 'correct horse'],
    ['new_password', 'x'],
    ['smtpPassword', 'x'],
    ['secret', 'x'],
    ['webhook_secret', 'x'],
    ['token', 'x'],
    ['access_token', 'x'],
    ['totp_secret', 'x'],
    ['code', '123456'],
    ['recovery_codes', ['a', 'b']],
    ['api_key', 'x'],
    ['private_key', 'x'],
    ['key_hash', 'x'],
    ['password_sealed', { a: 1 }],
    ['authorization', 'Bearer x'],
  ])('%s is masked by its name', (name, value) => {
    expect(maskSecrets({ [name]: value, deep: { [name]: value } })).toEqual({
      [name]: maskedValue,
      deep: { [name]: maskedValue },
    })
  })

  it.each([
    ['country_code', 'PL'],
    ['error_code', 'x'],
    ['has_password', true],
    ['password_set', true],
    ['file_hash', 'ab'],
    ['codes_left', 3],
    ['key_id', 'k1'],
    ['name', 'Anna'],
  ])('%s stays', (name, value) => {
    expect(maskSecrets({ [name]: value })).toEqual({ [name]: value })
  })

  it('shapes of our own secrets are masked wherever they stand', () => {
    const text =
      'see cmp_live_abcdefghijkl_0123456789 and whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw at https://user:word@host/'
    const masked = maskSecrets({ note: text })['note']
    expect(masked).toBe(`see ${maskedValue} and ${maskedValue} at https://${maskedValue}@host/`)
  })

  it('bodies are not kept and long texts are cut', () => {
    const masked = maskSecrets({
      html: '<b>Hello</b>',
      note: 'x'.repeat(2_000),
      many: Array.from({ length: 300 }, (_, n) => n),
    })
    expect(masked['html']).toBe('(not kept)')
    expect(String(masked['note']).length).toBeLessThan(1_100)
    expect((masked['many'] as unknown[]).length).toBe(201)
  })
})

describe('people in a difference', () => {
  it('contacts lose their addresses, whoever passes them', () => {
    const given = {
      email: 'a@b.pl',
      first_name: 'A',
      note: 'write a@b.pl or +48 600 700 800',
      changed: ['email'],
    }
    expect(hideContacts('contacts', 'contact', given)).toEqual({
      note: 'write (address) or (number)',
      changed: ['email'],
    })
    expect(hideContacts('email', 'sender', given)).toEqual(given)
  })

  it('users keep theirs apart from the chain', () => {
    expect(takePersonal('user', { email: 'a@b.pl', language: 'pl' })).toEqual({
      kept: { language: 'pl' },
      personal: { email: 'a@b.pl' },
    })
    expect(takePersonal('role', { name: 'Sellers' })).toEqual({ kept: { name: 'Sellers' }, personal: null })
  })
})
