import { expect, test } from 'vitest'
import { safeNext } from './next.ts'

test.each(['/', '/contacts', '/contacts?q=a&group=b', '/a//b', '/ł'])(
  '%s is a place of this site',
  (next) => {
    expect(safeNext(next)).toBe(next)
  },
)

test.each([
  ['another site', 'https://evil.example/'],
  ['another site without a scheme', '//evil.example'],
  ['a backslash that browsers read as a slash', '/\\evil.example'],
  ['a tab that browsers drop', '/\t/evil.example'],
  ['a line feed', '/contacts\n'],
  ['a delete character', '/\u007f'],
  ['a relative path', 'contacts'],
  ['a script', 'javascript:alert(1)'],
  ['nothing', ''],
  ['no text', 42],
  ['no value', undefined],
])('%s is not', (_, next) => {
  expect(safeNext(next)).toBeNull()
})
