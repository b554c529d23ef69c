import { afterEach, expect, test } from 'vitest'
import type { SubmitAnswer } from '../../channel.ts'
import { countingServer, type Interfere } from './test/counting-server.ts'
import { actor, aMessage, closeAll, settingsFor, submit } from './test/servers.ts'

afterEach(closeAll)

const count = 4
const batch = Array.from({ length: count }, (_, n) =>
  aMessage({ messageId: `m${n}`, envelopeFrom: `s${n}@acme.test`, recipient: `p${n}@example.com` }),
)
const senders = new Map(batch.map(({ envelopeFrom, recipient }) => [envelopeFrom, recipient]))
const kindsOf = (answers: readonly SubmitAnswer[]) => answers.map(({ kind }) => kind)

test('the envelope goes in one flight, and the next one with the content', async () => {
  const { port } = await actor((say) => {
    let owed: string[] = []
    let inContent = false
    say('220 patient')
    return (line) => {
      if (inContent && line !== '.') return
      const verb = inContent ? '.' : (line.split(/[ :]/)[0] ?? '')
      inContent = verb === 'DATA'
      if (verb === 'EHLO') say('250-patient\r\n250 PIPELINING')
      else if (verb === 'QUIT') say(`${[...owed, '221 bye'].join('\r\n')}`)
      else owed.push(verb === 'DATA' ? '354 go on' : '250 ok')
      // The last message has no follower; until then nothing is answered before the next DATA has come.
      const isLast = verb === '.' && owed.length === 1 && line === '.' && contents === count
      if (verb === '.') contents += 1
      if (verb === 'DATA' || isLast || (verb === '.' && contents === count)) {
        say(owed.join('\r\n'))
        owed = []
      }
    }
  })
  let contents = 0
  expect(kindsOf(await submit(batch, settingsFor(port)))).toEqual(Array(count).fill('accepted'))
})

test('without PIPELINING nothing is said before the last answer came', async () => {
  let tooEarly = 0
  const { port } = await actor((say, socket) => {
    let inContent = false
    socket.on('data', (chunk: Buffer) => {
      const lines = chunk.toString().split('\r\n').length - 1
      if (!inContent && lines > 1) tooEarly += 1
    })
    say('220 strict')
    return (line) => {
      if (inContent && line !== '.') return
      const verb = inContent ? '.' : (line.split(/[ :]/)[0] ?? '')
      inContent = verb === 'DATA'
      say(verb === 'DATA' ? '354 go on' : '250 strict')
    }
  })
  expect(kindsOf(await submit(batch, settingsFor(port)))).toEqual(Array(count).fill('accepted'))
  expect(tooEarly).toBe(0)
})

test('a server that waits for content of a refused recipient gets a lone dot and goes on', async () => {
  const lines: string[] = []
  const interfere: Interfere = ({ verb, recipient, say }) => {
    lines.push(verb)
    if (verb !== 'RCPT' || recipient !== batch[0]?.recipient) return false
    say('550 5.1.1 unknown')
    return true
  }
  const server = await countingServer({ extensions: ['PIPELINING'], senders, interfere })
  const answers = await submit(batch.slice(0, 2), settingsFor(server.port))
  expect(kindsOf(answers)).toEqual(['permanent', 'accepted'])
  expect(lines.slice(0, 5)).toEqual(['MAIL', 'RCPT', 'DATA', '.', 'RSET'])
  expect(server.seen('p0@example.com').contentBegun).toBe(0)
})

test('a server that refuses the sender and takes the recipient is left before it gets an empty mail', async () => {
  const interfere: Interfere = ({ verb, recipient, time, say }) => {
    if (verb !== 'MAIL' || recipient !== batch[0]?.recipient || time > 1) return false
    say('550 5.7.1 not you')
    return true
  }
  const server = await countingServer({ extensions: ['PIPELINING'], senders, interfere })
  const answers = await submit(batch.slice(0, 2), settingsFor(server.port))
  expect(kindsOf(answers)).toEqual(['permanent', 'accepted'])
  expect(server.seen('p0@example.com')).toEqual({ contentBegun: 0, contentWhole: 0, saidYes: 0 })
  expect(server.connections.connections).toBe(2)
})

test('the gate is asked just before the write that begins a message', async () => {
  const server = await countingServer({ extensions: ['PIPELINING'], senders })
  const asked: string[] = []
  const answers = await submit(batch, settingsFor(server.port), {
    mayBegin: (id) => {
      asked.push(id)
      return id !== 'm1' && id !== 'm3'
    },
  })
  expect(kindsOf(answers)).toEqual(['accepted', 'not_begun', 'accepted', 'not_begun'])
  expect(asked).toEqual(['m0', 'm1', 'm2', 'm3'])
  expect(server.seen('p1@example.com').contentBegun).toBe(0)
})

test('parameters say what the server knows and the message needs', async () => {
  const mails: string[] = []
  const { port } = await actor((say) => {
    let inContent = false
    say('220 wide')
    return (line) => {
      if (inContent && line !== '.') return
      const verb = inContent ? '.' : (line.split(/[ :]/)[0] ?? '')
      inContent = verb === 'DATA'
      if (verb === 'MAIL') mails.push(line)
      if (verb === 'EHLO') say('250-wide\r\n250-PIPELINING\r\n250-SIZE 40\r\n250-8BITMIME\r\n250 SMTPUTF8')
      else say(verb === 'DATA' ? '354 go on' : '250 ok')
    }
  })
  const answers = await submit(
    [
      aMessage({ messageId: 'm0' }),
      aMessage({ messageId: 'm1', raw: Buffer.from('Subject: Żółw\r\n\r\nHi\r\n') }),
      aMessage({ messageId: 'm2', recipient: 'żółw@example.com' }),
      aMessage({ messageId: 'm3', raw: Buffer.from(`Subject: long\r\n\r\n${'x'.repeat(100)}\r\n`) }),
    ],
    settingsFor(port),
  )
  expect(answers[3]).toMatchObject({ kind: 'permanent', code: '5.3.4', class: 'too_large' })
  expect(mails).toEqual([
    'MAIL FROM:<news@acme.test> SIZE=22',
    'MAIL FROM:<news@acme.test> SIZE=24 BODY=8BITMIME',
    'MAIL FROM:<news@acme.test> SIZE=22 SMTPUTF8',
  ])
})
