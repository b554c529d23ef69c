import { expect, test } from 'vitest'
import { toVariable } from './variable.ts'

test('A field carries the word for people without a value', () => {
  expect(toVariable('first_name', 'there')).toBe('{{ contact.first_name | default: "there" }}')
  expect(toVariable('city', '  ')).toBe('{{ contact.city }}')
})

test('Quotes inside the word cannot end it', () => {
  expect(toVariable('x', 'the "best"')).toBe(`{{ contact.x | default: 'the "best"' }}`)
  expect(toVariable('x', `it's "it"`)).toBe(`{{ contact.x | default: 'it’s "it"' }}`)
})
