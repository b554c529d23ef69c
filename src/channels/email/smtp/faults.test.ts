import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { SubmitAnswer } from '../../channel.ts'
import { countingServer, type Interfere, type Moment } from './test/counting-server.ts'
import { aMessage, closeAll, settingsFor, submit } from './test/servers.ts'

afterEach(closeAll)

const count = 4
const batch = Array.from({ length: count }, (_, n) =>
  aMessage({ messageId: `m${n}`, envelopeFrom: `s${n}@acme.test`, recipient: `p${n}@example.com` }),
)
const senders = new Map(batch.map(({ envelopeFrom, recipient }) => [envelopeFrom, recipient]))
const kindsOf = (answers: readonly SubmitAnswer[]) => answers.map(({ kind }) => kind)

type Server = Awaited<ReturnType<typeof countingServer>>

/** What must hold for every message, whatever the server did. */
const expectTrue = (server: Server, answers: readonly SubmitAnswer[]): void => {
  for (const [index, { recipient }] of batch.entries()) {
    const seen = server.seen(recipient)
    const kind = answers[index]?.kind
    expect(seen.contentBegun, `content of ${recipient} was begun once at most`).toBeLessThanOrEqual(1)
    if (kind === 'accepted') expect(seen).toEqual({ contentBegun: 1, contentWhole: 1, saidYes: 1 })
    else if (seen.saidYes > 0) expect(kind).toBe('unanswered')
    if (kind === 'not_begun' || kind === 'down') expect(seen.contentBegun).toBe(0)
  }
}

const modes = [
  ['with PIPELINING', ['PIPELINING', 'SIZE 1000000']],
  ['without PIPELINING', ['SIZE 1000000']],
] as const

const verbs = ['MAIL', 'RCPT', 'DATA', 'content', '.'] as const
type Verb = (typeof verbs)[number]
const faults: Readonly<Record<string, (moment: Moment) => boolean | 'hang'>> = {
  'refuses (550)': ({ say }) => {
    say('550 5.7.0 no')
    return true
  },
  'defers (451)': ({ say }) => {
    say('451 4.3.0 later')
    return true
  },
  'says 421 and closes': ({ say, socket }) => {
    say('421 4.3.2 closing')
    socket.destroySoon()
    return 'hang'
  },
  'cuts the connection': ({ socket }) => {
    socket.destroy()
    return true
  },
  'falls silent': () => 'hang',
  'answers nonsense': ({ say }) => {
    say('hello there')
    return 'hang'
  },
}

// A server in the middle of content speaks only by breaking off.
const cases = verbs.flatMap((verb) =>
  Object.keys(faults)
    .filter((fault) => verb !== 'content' || !/550|451/.test(fault))
    .map((fault) => [verb, fault] as const),
)

/** What the message meets that the fault strikes; with one fault on the first time only. */
const expected = (verb: Verb, fault: string): string[] => {
  const isContent = verb === 'content' || verb === '.'
  if (fault === 'refuses (550)') return ['permanent']
  if (fault === 'defers (451)') return ['temporary']
  if (fault === 'says 421 and closes' && !isContent) return ['throttled', 'temporary', 'accepted']
  if (fault === 'says 421 and closes') return ['throttled', 'unanswered']
  if (isContent) return ['unanswered']
  // Nothing of it was taken: it goes again over a fresh connection, or comes back for another day.
  return ['accepted', 'temporary', 'down']
}

describe.each(modes)('a server %s', (_mode, extensions) => {
  test('takes all messages in order over one connection', async () => {
    const server = await countingServer({ extensions, senders })
    const answers = await submit(batch, settingsFor(server.port))
    expect(kindsOf(answers)).toEqual(Array(count).fill('accepted'))
    expectTrue(server, answers)
    expect(server.connections.connections).toBe(1)
  })

  describe.each([0, 1, 3])('that at message %i', (at) => {
    test.each(cases)('at %s %s', async (verb, fault) => {
      const strike = faults[fault]
      if (!strike) return
      const interfere: Interfere = (moment) =>
        moment.verb === verb && moment.recipient === batch[at]?.recipient && moment.time === 1
          ? strike(moment)
          : false
      const server = await countingServer({ extensions, senders, interfere })
      const answers = await submit(batch, settingsFor(server.port))
      expectTrue(server, answers)
      expect(expected(verb, fault)).toContain(answers[at]?.kind)
      const others = kindsOf(answers).filter((_kind, index) => index !== at)
      const stops = /silent/.test(fault) || (at === 0 && !/550|451/.test(fault))
      for (const kind of others)
        expect(stops ? ['accepted', 'down', 'throttled'] : ['accepted']).toContain(kind)
    })
  })

  test.each(verbs.filter((verb) => verb !== 'content'))(
    'that says one thing too much at %s mixes nothing up',
    async (verb) => {
      const interfere: Interfere = ({ verb: met, recipient, time, say }) => {
        if (met === verb && recipient === batch[1]?.recipient && time === 1)
          queueMicrotask(() => say('250 2.0.0 by the way'))
        return false
      }
      const server = await countingServer({ extensions, senders, interfere })
      const answers = await submit(batch, settingsFor(server.port))
      expectTrue(server, answers)
      expect(answers[0]?.kind).toBe('accepted')
      for (const kind of kindsOf(answers))
        expect(['accepted', 'temporary', 'down', 'unanswered']).toContain(kind)
    },
  )

  test('that refuses one recipient for good does not disturb the others', async () => {
    const interfere: Interfere = ({ verb, recipient, say }) => {
      if (verb !== 'RCPT' || recipient !== batch[1]?.recipient) return false
      say('550 5.1.1 unknown')
      return true
    }
    const server = await countingServer({ extensions, senders, interfere })
    const answers = await submit(batch, settingsFor(server.port))
    expect(kindsOf(answers)).toEqual(['accepted', 'permanent', 'accepted', 'accepted'])
    expectTrue(server, answers)
    expect(server.connections.connections).toBe(1)
  })

  test('that drops at one recipient each time costs that message an attempt', async () => {
    const interfere: Interfere = ({ verb, recipient, socket }) => {
      if (verb !== 'RCPT' || recipient !== batch[1]?.recipient) return false
      socket.destroy()
      return true
    }
    const server = await countingServer({ extensions, senders, interfere })
    const answers = await submit(batch, settingsFor(server.port))
    expect(kindsOf(answers)).toEqual(['accepted', 'temporary', 'accepted', 'accepted'])
    expectTrue(server, answers)
  })
})

/** A polite server whose first connection ends after so many bytes in one direction. */
const breakingServer = async (extensions: readonly string[], bytes: number, direction: 'in' | 'out') => {
  let first = true
  return countingServer({
    extensions,
    senders,
    wire: (socket: Socket) => {
      if (!first) return
      first = false
      let left = bytes
      if (direction === 'out') {
        const write = socket.write.bind(socket) as (chunk: string) => boolean
        socket.write = ((chunk: string) => {
          if (left <= 0) return false
          const part = chunk.slice(0, left)
          left -= part.length
          const done = write(part)
          if (left <= 0) socket.destroySoon()
          return done
        }) as Socket['write']
        return
      }
      const emit = socket.emit.bind(socket) as (...given: unknown[]) => boolean
      socket.emit = ((event: string, ...given: unknown[]) => {
        if (event !== 'data') return emit(event, ...given)
        if (left <= 0) return true
        const chunk = (given[0] as Buffer).subarray(0, left)
        left -= chunk.length
        emit('data', chunk)
        if (left <= 0) socket.destroy()
        return true
      }) as Socket['emit']
    },
  })
}

describe.each(modes)('a server %s', (_mode, extensions) => {
  test.each(['in', 'out'] as const)(
    'that breaks off at any byte (%s) leaves every message truly told',
    async (direction) => {
      let whole = 0
      const limit = direction === 'in' ? 900 : 400
      for (let bytes = 1; bytes < limit && whole < 3; bytes += 1) {
        const server = await breakingServer(extensions, bytes, direction)
        const answers = await submit(batch, settingsFor(server.port))
        expectTrue(server, answers)
        const kinds = kindsOf(answers)
        expect(kinds.filter((kind) => kind === 'unanswered').length).toBeLessThanOrEqual(1)
        for (const kind of kinds)
          expect(['accepted', 'unanswered', 'temporary', 'down', 'not_begun']).toContain(kind)
        whole =
          server.connections.connections === 1 && kinds.every((kind) => kind === 'accepted') ? whole + 1 : 0
        await closeAll()
      }
      // The dialogue was shorter than the limit: every byte of it was tried.
      expect(whole).toBe(3)
    },
  )
})
