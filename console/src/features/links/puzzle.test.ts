import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { solvePuzzle } from './puzzle.ts'

test('a solved puzzle has as many zero bits as it says', async () => {
  const { puzzle, nonce } = await solvePuzzle('9.abc.123.mac')
  const hash = createHash('sha256').update(`${puzzle}.${nonce}`).digest()
  expect(hash.readUInt32BE(0) >>> (32 - 9)).toBe(0)
})
