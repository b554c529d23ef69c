import { expect, test } from 'vitest'
import { maskAddressesIn, maskContactEmail, maskContactPhone, maskEmail, maskEmailsIn } from './masking.ts'

test.each([
  ['jane.doe@example.com', 'j***@e***.com'],
  ['a@b.co.uk', 'a***@b***.uk'],
  ['żaneta@xn--bcher-kva.example', 'ż***@x***.example'],
  ['𝒳y@example.com', '𝒳***@e***.com'],
  ['"a@b"@example.com', '"***@e***.com'],
  ['no address', '***@n***'],
  ['', '***@***'],
])('the address %s is shown as %s', (address, masked) => {
  expect(maskEmail(address)).toBe(masked)
})

test.each([
  ['anna@example.com', 'an***@ex***.com'],
  ['an@ex.com', 'a***@e***.com'],
  ['a@b.co.uk', '***@b.***.uk'],
  ['@example.com', '***@ex***.com'],
  ['no address', 'no***'],
])('the contact’s address %s is shown as %s', (address, masked) => {
  expect(maskContactEmail(address)).toBe(masked)
})

test.each([
  ['+48600100789', '+48*****789'],
  ['+4960010078', '+49*****078'],
  ['+4960078', '+4*****'],
])('the contact’s number %s is shown as %s', (phone, masked) => {
  expect(maskContactPhone(phone)).toBe(masked)
})

test.each([
  ['550 5.1.1 <anna@example.com>: unknown', '550 5.1.1 <an***@ex***.com>: unknown'],
  ['https://shop.test/?mail=anna%40example.com&x=1', 'https://shop.test/?mail=an***@ex***.com&x=1'],
  ['nothing 600 100 789', 'nothing 600 100 789'],
])('the e-mail addresses in “%s” are masked', (text, masked) => {
  expect(maskEmailsIn(text)).toBe(masked)
})

test.each([
  ['600 100 789', '60*****'],
  ['call +48 600-100-789 now', 'call +48*****789 now'],
  ['2024-01-31', '2024-01-31'],
  ['anna@@example,com', 'an***@ex***,com'],
])('the addresses of any kind in “%s” are masked', (text, masked) => {
  expect(maskAddressesIn(text)).toBe(masked)
})
