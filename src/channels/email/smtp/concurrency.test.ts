import { afterEach, expect, test } from 'vitest'
import { makePlacesMemory, openPlaces } from '../../../lib/places.ts'
import type { SubmitAnswer } from '../../channel.ts'
import { makeSmtpAdapter } from './adapter.ts'
import { aMessage, closeAll, loopbackGuard, settingsFor, smtpServer } from './test/servers.ts'

afterEach(closeAll)

/** A server that counts who is connected at the same time. */
const countingConnections = async () => {
  const seen = { now: 0, most: 0 }
  const server = await smtpServer({
    onConnect: (_session, done) => {
      seen.now += 1
      seen.most = Math.max(seen.most, seen.now)
      done()
    },
    onClose: () => {
      seen.now -= 1
    },
  })
  return { ...server, seen }
}

const threads = 3
const batchesEach = 4
const messagesEach = 30

test.each([1, 2, 5])(
  'all threads together open %i connections to a relay and no more',
  async (concurrent) => {
    const { port, taken, seen } = await countingConnections()
    const memory = makePlacesMemory()
    const adapters = Array.from({ length: threads }, (_, seat) =>
      makeSmtpAdapter({
        guard: loopbackGuard,
        ehloName: null,
        places: openPlaces({ memory, seat, seats: threads }),
      }),
    )
    const answers: SubmitAnswer[] = []
    const context = {
      signal: new AbortController().signal,
      mayBegin: () => true,
      report: (_id: string, answer: SubmitAnswer) => void answers.push(answer),
    }
    const settings = { ...settingsFor(port), concurrent }
    await Promise.all(
      adapters.flatMap((adapter, thread) =>
        Array.from({ length: batchesEach }, (_, n) => {
          const batch = Array.from({ length: messagesEach }, (_one, m) =>
            aMessage({ messageId: `${thread}-${n}-${m}`, recipient: `p${thread}-${n}-${m}@example.com` }),
          )
          return adapter.submit(batch, settings, context)
        }),
      ),
    )
    await Promise.all(adapters.map((adapter) => adapter.close()))
    expect(answers.map(({ kind }) => kind)).toEqual(
      Array(threads * batchesEach * messagesEach).fill('accepted'),
    )
    expect(new Set(taken.map(({ to }) => to)).size).toBe(threads * batchesEach * messagesEach)
    expect(taken).toHaveLength(threads * batchesEach * messagesEach)
    expect(seen.most).toBeLessThanOrEqual(concurrent)
  },
)

test('whoever waits for a place stops when everything stops', async () => {
  const { port } = await countingConnections()
  const memory = makePlacesMemory()
  const taken = openPlaces({ memory, seat: 0, seats: 2 })
  const adapter = makeSmtpAdapter({
    guard: loopbackGuard,
    ehloName: null,
    places: openPlaces({ memory, seat: 1, seats: 2 }),
  })
  const settings = { ...settingsFor(port), concurrent: 1 }
  const { poolKey } = await import('./pool.ts')
  const message = aMessage()
  expect(taken.take(poolKey(message.accountId, settings), 1)).not.toBeNull()
  const stop = new AbortController()
  const answers: SubmitAnswer[] = []
  const submitting = adapter.submit([message], settings, {
    signal: stop.signal,
    mayBegin: () => true,
    report: (_id, answer) => void answers.push(answer),
  })
  stop.abort()
  await submitting
  expect(answers).toEqual([{ kind: 'not_begun' }])
  await adapter.close()
})
