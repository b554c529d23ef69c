import { expect, test } from 'vitest'
import type { ImportAnalysis } from '../../../../src/contacts/import/contract.ts'
import { boundTwice, hasKey, isComplete, toBindings, toMapping } from './bindings.ts'

const column = (index: number, name: string, field: string | null) => ({ index, name, samples: [], field })
const analysis = {
  columns: [column(0, 'E-Mail', 'email'), column(1, 'Ort', null), column(2, 'Vorname', 'first_name')],
} as unknown as ImportAnalysis

test('the first look binds what the analysis proposes and leaves the rest out', () => {
  const bindings = toBindings(analysis, null)
  expect(toMapping(bindings, analysis)).toEqual([
    { column: 0, field: 'email' },
    { column: 2, field: 'first_name' },
  ])
})

test('a saved mapping comes back as it was, with its constants and transforms', () => {
  const mapping = [
    { column: 1, field: 'fields.city', transforms: ['trim' as const] },
    { constant: 'pl', field: 'language' },
  ]
  expect(toMapping(toBindings(analysis, mapping), analysis)).toEqual(mapping)
})

test('a constant without a field or without a value is not sent', () => {
  const bindings = {
    columns: [],
    constants: [
      { key: 'a', field: null, constant: 'x' },
      { key: 'b', field: 'company', constant: ' ' },
    ],
  }
  expect(toMapping(bindings, analysis)).toEqual([])
})

test('a field bound twice is named, also when one of the two is a constant', () => {
  expect([
    ...boundTwice([
      { column: 0, field: 'email' },
      { column: 1, field: 'company' },
      { constant: 'Acme', field: 'company' },
    ]),
  ]).toEqual(['company'])
})

test('without a column for a key nobody can be matched', () => {
  expect(hasKey([{ column: 2, field: 'first_name' }])).toBe(false)
  expect(hasKey([{ constant: 'a@x.pl', field: 'email' }])).toBe(false)
  expect(isComplete([{ column: 0, field: 'phone' }])).toBe(true)
})
