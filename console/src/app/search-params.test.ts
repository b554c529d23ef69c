import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search-params.ts'

test('filters stay the words that were typed', () => {
  expect(parseSearch('?q=007&group=null')).toEqual({ q: '007', group: 'null' })
})

test('an empty filter leaves the address', () => {
  expect(stringifySearch({ q: '', group: undefined, status: 'draft' })).toBe('?status=draft')
  expect(stringifySearch({})).toBe('')
})
