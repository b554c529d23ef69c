import { expect, test } from 'vitest'
import { createTestDatabase } from '../db/test/databases.ts'
import { drillKill9 } from './drill.ts'
import { steps } from './steps.ts'

const messages = 300
const threads = 2
/** Twice the connections of a provider, for each thread (sending.md §9). */
const underWayMax = 2 * 5 * threads

test('a sender killed at every step of the way and at a moment of chance loses nobody and doubles nobody', async () => {
  const database = await createTestDatabase()
  try {
    const told: string[] = []
    const result = await drillKill9({ messages, rounds: 1, threads, urls: database.urls }, (line) => {
      told.push(line)
    })
    expect(result, told.join('\n')).toMatchObject({
      lost: 0,
      doubled: 0,
      failures: [],
      kills: steps.length + 1,
    })
    expect(result.accepted + result.uncertain).toBe(2 * messages)
    // Bytes were on the way at two of the steps, perhaps at the moment of chance, never at the others.
    expect(result.uncertain).toBeLessThanOrEqual(3 * underWayMax)
  } finally {
    await database.drop()
  }
}, 240_000)
