import { expect, test } from 'vitest'
import { MalformedJson, parseStrictJson } from './strict-json.ts'

const nested = (depth: number): Buffer => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)

test('a value of ordinary depth is read', () => {
  expect(parseStrictJson(nested(50))).toHaveProperty('a')
})

test.each([101, 5_000, 500_000])('%d levels are refused before anybody walks them', (depth) => {
  expect(() => parseStrictJson(nested(depth))).toThrow(MalformedJson)
})
