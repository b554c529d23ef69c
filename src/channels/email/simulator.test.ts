import { expect, test } from 'vitest'
import type { SubmitAnswer } from '../channel.ts'
import { type Delivery, makeSimulatorAdapter } from './simulator.ts'
import { aMessage } from './smtp/test/servers.ts'

const submit = async (
  recipients: readonly string[],
  given: { delivery?: Delivery; mayBegin?: boolean; adapter?: ReturnType<typeof makeSimulatorAdapter> } = {},
) => {
  const kept: string[] = []
  const adapter =
    given.adapter ??
    makeSimulatorAdapter(async (batch) => {
      kept.push(...batch.map((message) => message.recipient))
      return given.delivery ?? { kind: 'kept' }
    })
  const answers: Record<string, SubmitAnswer> = {}
  const batch = recipients.map((recipient) => aMessage({ messageId: recipient, recipient }))
  await adapter.submit(
    batch,
    {},
    {
      signal: new AbortController().signal,
      mayBegin: () => given.mayBegin ?? true,
      report: (id, answer) => {
        answers[id] = answer
      },
    },
  )
  return { kept, answers }
}

test.each([
  ['ok@sim.campanile.test', { kind: 'accepted' }, true],
  ['ok+tag@SIM.campanile.test', { kind: 'accepted' }, true],
  ['hard@sim.campanile.test', { kind: 'permanent', code: '5.1.1', class: 'unknown_user' }, false],
  ['hard+7@sim.campanile.test', { kind: 'permanent' }, false],
  ['spam@sim.campanile.test', { kind: 'permanent', class: 'spam' }, false],
  ['soft@sim.campanile.test', { kind: 'temporary', code: '4.2.2' }, false],
  ['full@sim.campanile.test', { kind: 'temporary', code: '4.2.2' }, false],
  ['cut@sim.campanile.test', { kind: 'unanswered' }, true],
  ['slow@sim.campanile.test', { kind: 'accepted' }, true],
  ['human@sim.campanile.test', { kind: 'accepted' }, true],
  ['late-bounce@sim.campanile.test', { kind: 'accepted' }, true],
  ['hard@example.com', { kind: 'accepted' }, true],
])('%s', async (recipient, expected, reachesMailbox) => {
  const { kept, answers } = await submit([recipient])
  expect(answers[recipient]).toMatchObject(expected)
  expect(kept.length === 1).toBe(reachesMailbox)
})

test('defer is put off twice, then kept', async () => {
  const adapter = makeSimulatorAdapter(async () => ({ kind: 'kept' }))
  const kinds: (string | undefined)[] = []
  for (let n = 0; n < 3; n += 1)
    kinds.push(
      (await submit(['defer@sim.campanile.test'], { adapter })).answers['defer@sim.campanile.test']?.kind,
    )
  expect(kinds).toEqual(['temporary', 'temporary', 'accepted'])
})

test('a closed gate leaves everything unbegun', async () => {
  const { kept, answers } = await submit(['a@example.com', 'hard@sim.campanile.test'], { mayBegin: false })
  expect(kept).toEqual([])
  expect(Object.values(answers)).toEqual([{ kind: 'not_begun' }, { kind: 'not_begun' }])
})

test.each([
  ['refused', 'down'],
  ['unknown', 'unanswered'],
] as const)('a mailbox whose answer is %s makes the message %s', async (kind, expected) => {
  const { answers } = await submit(['a@example.com'], { delivery: { kind, text: 'database is away' } })
  expect(answers['a@example.com']?.kind).toBe(expected)
})
