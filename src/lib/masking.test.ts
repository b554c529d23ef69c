import { expect, test } from 'vitest'
import { maskEmail } from './masking.ts'

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
