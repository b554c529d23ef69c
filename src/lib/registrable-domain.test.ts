import { expect, test } from 'vitest'
import { registrableDomain } from './registrable-domain.ts'

test.each([
  ['gmail-smtp-in.l.google.com', 'google.com'],
  ['ALT1.ASPMX.L.GOOGLE.COM.', 'google.com'],
  ['acme-com.mail.protection.outlook.com', 'outlook.com'],
  ['mx1.example.co.uk', 'example.co.uk'],
  ['mx.poczta.com.pl', 'poczta.com.pl'],
  ['example.pl', 'example.pl'],
  ['com.pl', 'com.pl'],
  ['mx.co.com', 'co.com'],
  ['localhost', 'localhost'],
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['mx.xn--w-uga1v8h.pl', 'xn--w-uga1v8h.pl'],
])('the registered part of %s is %s', (host, domain) => {
  expect(registrableDomain(host)).toBe(domain)
})
