import { expect, test } from 'vitest'
import { parts } from './linkify.ts'

test('a text keeps its words, its addresses become links', () => {
  expect(parts('Not you? http://localhost:8420/not-me#token=x\n\n@localhost #123456')).toEqual([
    { text: 'Not you? ', href: null },
    { text: 'http://localhost:8420/not-me#token=x', href: '/not-me#token=x' },
    { text: '\n\n@localhost #123456', href: null },
  ])
  expect(parts('')).toEqual([])
})
