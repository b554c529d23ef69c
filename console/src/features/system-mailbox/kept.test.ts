import { expect, test } from 'vitest'
import { pathOf } from './kept.ts'

test('a link keeps its fragment and loses its host', () => {
  expect(pathOf('http://localhost:8420/not-me#token=a-b_c')).toBe('/not-me#token=a-b_c')
})
