import { expect, test } from 'vitest'
import { nameFromLabel } from './field-label.ts'
import { fromFieldText, showFieldValue, toFieldText } from './field-value.ts'

const reading = {
  language: 'de',
  number: (value: number) => value.toLocaleString('de'),
  yes: 'Ja',
  no: 'Nein',
}

test('an empty entry is no value, whatever the type', () => {
  for (const type of ['text', 'number', 'date', 'boolean'] as const)
    expect(fromFieldText(type, ' ')).toBeNull()
  expect(toFieldText(null)).toBe('')
  expect(toFieldText(undefined)).toBe('')
})

test('an entry becomes the value of its type and back', () => {
  expect(fromFieldText('number', '120.5')).toBe(120.5)
  expect(fromFieldText('boolean', 'false')).toBe(false)
  expect(fromFieldText('date', '2026-02-28')).toBe('2026-02-28')
  expect(toFieldText(false)).toBe('false')
})

test('a number that is none is left for the server to refuse', () => {
  expect(fromFieldText('number', '12x')).toBe('12x')
})

test('a date is the same day in every zone', () => {
  expect(showFieldValue('date', '2026-03-01', reading)).toBe('01.03.2026')
})

test('numbers and yes or no are shown in the words of the reader', () => {
  expect(showFieldValue('number', 1234.5, reading)).toBe('1.234,5')
  expect(showFieldValue('boolean', true, reading)).toBe('Ja')
})

test('a name is proposed from a label with accents, spaces and digits in front', () => {
  expect(nameFromLabel('Letzter Besuch (Geschäft)')).toBe('letzter_besuch_geschaft')
  expect(nameFromLabel('2. Łódź')).toBe('lodz')
  expect(nameFromLabel('42')).toBe('')
})
