import { expect, test } from 'vitest'
import { readMemberLines, toMemberKey } from './member-keys.ts'

test('a pasted line names a contact by e-mail, phone or external id', () => {
  expect(toMemberKey('anna@example.org')).toEqual({ email: 'anna@example.org' })
  expect(toMemberKey('+48 600 700 800')).toEqual({ phone: '+48 600 700 800' })
  expect(toMemberKey('600700800')).toEqual({ phone: '600700800' })
  expect(toMemberKey('C-7')).toEqual({ external_id: 'C-7' })
})

test('lines, commas and semicolons part the entries, and equal ones count once', () => {
  expect(readMemberLines(' a@x.pl, b@x.pl;\n\na@x.pl\nC-7')).toEqual(['a@x.pl', 'b@x.pl', 'C-7'])
})
