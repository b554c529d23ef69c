import { expect, test } from 'vitest'
import type { SubmitAnswer } from '../../channel.ts'
import { aMessage } from '../smtp/test/servers.ts'
import { type Delivery, makeSimulatorAdapter } from './adapter.ts'
import { type Behaviour, behaviourOfClass, magicBehaviour, obliging } from './behaviour.ts'
import { actClasses, answerClasses, magicWords } from './contract.ts'

type Given = {
  delivery?: Delivery
  mayBegin?: boolean
  behave?: (recipient: string) => Behaviour
}

const submit = async (recipients: readonly string[], given: Given = {}) => {
  const kept: string[] = []
  const transfers: number[] = []
  const behave = given.behave ?? ((recipient: string) => magicBehaviour(recipient) ?? obliging)
  const adapter = makeSimulatorAdapter({
    deliver: async (mails) => {
      kept.push(...mails.map(({ message }) => message.recipient))
      transfers.push(mails.length)
      return given.delivery ?? { kind: 'kept' }
    },
    behaviourOf: async () => (message) => behave(message.recipient),
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
  return { kept, answers, transfers }
}

test.each([
  ['ok@sim.campanile.test', { kind: 'accepted' }, true],
  ['ok+tag@SIM.campanile.test', { kind: 'accepted' }, true],
  ['hard@sim.campanile.test', { kind: 'permanent', code: '5.1.1', class: 'unknown_user' }, false],
  ['hard+7@sim.campanile.test', { kind: 'permanent' }, false],
  ['spam@sim.campanile.test', { kind: 'permanent', class: 'spam' }, false],
  ['soft@sim.campanile.test', { kind: 'temporary', code: '4.2.2' }, false],
  ['full@sim.campanile.test', { kind: 'temporary', code: '4.2.2' }, false],
  ['defer@sim.campanile.test', { kind: 'temporary', code: '4.7.1' }, false],
  ['cut@sim.campanile.test', { kind: 'unanswered' }, true],
  ['slow@sim.campanile.test', { kind: 'accepted' }, true],
  ['human@sim.campanile.test', { kind: 'accepted' }, true],
  ['late-bounce@sim.campanile.test', { kind: 'accepted' }, true],
  ['late-bounce+x+y@sim.campanile.test', { kind: 'accepted' }, true],
  ['constructor@sim.campanile.test', { kind: 'accepted' }, true],
  ['hard@example.com', { kind: 'accepted' }, true],
  ['hard@sim.campanile.test.example', { kind: 'accepted' }, true],
])('%s', async (recipient, expected, reachesMailbox) => {
  const { kept, answers } = await submit([recipient])
  expect(answers[recipient]).toMatchObject(expected)
  expect(kept.length === 1).toBe(reachesMailbox)
})

test.each([
  ['throttle', 'throttled'],
  ['down', 'down'],
  ['drop', 'accepted'],
] as const)('a receiver that is told to %s answers so, and nothing is kept', async (word, kind) => {
  const { kept, answers } = await submit(['a@example.com'], { behave: () => behaviourOfClass(word) })
  expect([answers['a@example.com']?.kind, kept]).toEqual([kind, []])
})

test('a process that ends does not wait for a slow server, and what was begun is answered', async () => {
  const stop = new AbortController()
  const adapter = makeSimulatorAdapter({
    deliver: async () => ({ kind: 'kept' }),
    behaviourOf: async () => () => behaviourOfClass('slow', 60_000),
  })
  const answers: SubmitAnswer[] = []
  const report = (_id: string, answer: SubmitAnswer) => void answers.push(answer)
  const done = adapter.submit([aMessage({})], {}, { signal: stop.signal, mayBegin: () => true, report })
  setImmediate(() => stop.abort())
  await done
  expect(answers).toMatchObject([{ kind: 'accepted' }])
})

test('every message of a large batch gets one answer, a few are under way together', async () => {
  const people = Array.from({ length: 250 }, (_, n) => `p${n}@example.com`)
  const { answers, transfers, kept } = await submit(people)
  expect(Object.keys(answers)).toHaveLength(250)
  expect(new Set(kept).size).toBe(250)
  expect(Math.max(...transfers)).toBeLessThanOrEqual(20)
})

test('every class is an answer or an act after acceptance, and every magic word is a class', () => {
  for (const word of answerClasses) expect(behaviourOfClass(word)).toMatchObject({ answer: word, acts: [] })
  for (const word of actClasses) {
    const { answer, acts } = behaviourOfClass(word, 70)
    expect([answer, acts[0]?.afterMs]).toEqual(['ok', 70])
  }
  expect(magicWords.filter((word) => magicBehaviour(`${word}@sim.campanile.test`) === null)).toEqual([])
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

test('rules that cannot be read are a server that is away, and nothing was begun', async () => {
  const adapter = makeSimulatorAdapter({
    deliver: async () => ({ kind: 'kept' }),
    behaviourOf: () => Promise.reject(new Error('database is away')),
  })
  const answers: SubmitAnswer[] = []
  const mayBegin = () => {
    throw new Error('begun')
  }
  const report = (_id: string, answer: SubmitAnswer) => void answers.push(answer)
  await adapter.submit([aMessage({})], {}, { signal: new AbortController().signal, mayBegin, report })
  expect(answers).toMatchObject([{ kind: 'down', code: 'mailbox_away' }])
})
