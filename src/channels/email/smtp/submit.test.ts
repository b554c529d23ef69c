import { afterEach, describe, expect, test } from 'vitest'
import { actor, aMessage, closeAll, makeAdapter, settingsFor, smtpServer, submit } from './test/servers.ts'

afterEach(closeAll)

const many = (count: number) => Array.from({ length: count }, (_, n) => aMessage({ messageId: `m${n}` }))

test('a mail arrives byte for byte, with its dots and its envelope', async () => {
  const { port, taken } = await smtpServer()
  const content = 'Subject: dots\r\n\r\n.\r\n..two\r\n.one\r\nend.\r\n'
  const [answer] = await submit([aMessage({ raw: Buffer.from(content) })], settingsFor(port))
  expect(answer).toMatchObject({ kind: 'accepted' })
  expect(taken).toEqual([{ from: 'news@acme.test', to: 'eve@example.com', content }])
})

test('a bare line feed cannot smuggle a second mail', async () => {
  const { port, taken } = await smtpServer()
  const raw = Buffer.from('Subject: x\r\n\r\nfirst\n.\nMAIL FROM:<evil@example.com>\n')
  await submit([aMessage({ raw })], settingsFor(port))
  expect(taken).toHaveLength(1)
  expect(taken[0]?.content).toContain('first\r\n.\r\nMAIL FROM')
})

test('fifty mails share a handful of connections', async () => {
  let connections = 0
  const { port, taken } = await smtpServer({
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
  })
  const answers = await submit(many(50), settingsFor(port))
  expect(answers.every((answer) => answer.kind === 'accepted')).toBe(true)
  expect(taken).toHaveLength(50)
  expect(connections).toBe(5)
})

test('the next batch takes up the resting connection', async () => {
  let connections = 0
  const { port } = await smtpServer({
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
  })
  const adapter = makeAdapter()
  await submit([aMessage()], settingsFor(port), { adapter })
  await submit([aMessage()], settingsFor(port), { adapter })
  expect(connections).toBe(1)
  await submit([aMessage({ accountId: 'a2' })], settingsFor(port), { adapter })
  expect(connections).toBe(2)
})

test('a message whose gate closed is not begun, its neighbours are', async () => {
  const { port, taken } = await smtpServer()
  const answers = await submit(many(3), settingsFor(port), { mayBegin: (id) => id !== 'm1' })
  expect(answers.map((answer) => answer.kind)).toEqual(['accepted', 'not_begun', 'accepted'])
  expect(taken).toHaveLength(2)
})

test('nothing is begun once everything stops', async () => {
  const { port, taken } = await smtpServer()
  const stop = new AbortController()
  const answers = await submit(many(5), settingsFor(port), {
    signal: stop.signal,
    mayBegin: () => {
      stop.abort()
      return true
    },
  })
  expect(answers.map((answer) => answer.kind)).toEqual([
    'accepted',
    'not_begun',
    'not_begun',
    'not_begun',
    'not_begun',
  ])
  expect(taken).toHaveLength(1)
})

describe('a relay that cannot be used leaves every message untouched', () => {
  test('it refuses the connection', async () => {
    const { port } = await smtpServer()
    await closeAll()
    const answers = await submit(many(7), settingsFor(port))
    for (const answer of answers) expect(answer).toMatchObject({ kind: 'down', code: 'connection_refused' })
  })

  test.each([
    ['hangs before the greeting', () => () => {}, 'down', 'timeout'],
    [
      'greets with 554',
      (say: (line: string) => void) => {
        say('554 5.3.2 no service')
        return () => {}
      },
      'down',
      '5.3.2',
    ],
    [
      'greets with 421',
      (say: (line: string) => void) => {
        say('421 4.7.0 too many connections')
        return () => {}
      },
      'throttled',
      '4.7.0',
    ],
    [
      'speaks HTTP',
      (say: (line: string) => void) => {
        say('HTTP/1.1 400 Bad Request')
        return () => {}
      },
      'down',
      'protocol_error',
    ],
    [
      'never ends its greeting',
      (say: (line: string) => void) => {
        say(`220 ${'x'.repeat(100_000)}`)
        return () => {}
      },
      'down',
      'protocol_error',
    ],
  ])('it %s', async (_name, play, kind, code) => {
    const { port } = await actor(play)
    const answers = await submit(many(2), settingsFor(port))
    for (const answer of answers) expect(answer).toMatchObject({ kind, code })
  })

  test('it cuts the connection at once', async () => {
    const { port } = await actor((_say, socket) => {
      socket.destroy()
      return () => {}
    })
    const [answer] = await submit([aMessage()], settingsFor(port))
    expect(answer).toMatchObject({ kind: 'down', code: 'connection_lost' })
  })
})

type Lines = Readonly<Record<string, string>>
const polite: Lines = {
  EHLO: '250-relay\r\n250 SIZE 1000000',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  '.': '250 2.0.0 queued as ABC123',
  RSET: '250 ok',
  QUIT: '221 bye',
}

/** A polite server except where told; `cut` closes, silence hangs. */
const serverSaying = (lines: Lines) =>
  actor((say, socket) => {
    let inContent = false
    say('220 relay')
    return (line) => {
      if (inContent && line !== '.') {
        if (lines['content'] === 'cut') socket.destroy()
        return
      }
      const verb = inContent ? '.' : (line.split(/[ :]/)[0] ?? '').toUpperCase()
      inContent = false
      const answer = lines[verb] ?? polite[verb] ?? '502 no'
      if (answer === 'cut') socket.destroy()
      else if (answer !== 'silence') say(answer)
      inContent = verb === 'DATA' && answer.startsWith('354')
    }
  })

test.each<[string, Lines, Record<string, unknown>]>([
  ['all is well', {}, { kind: 'accepted', providerRef: 'ABC123' }],
  ['MAIL is deferred', { MAIL: '451 4.7.1 later' }, { kind: 'temporary', code: '4.7.1' }],
  ['MAIL is refused', { MAIL: '550 5.7.1 spam source' }, { kind: 'permanent', class: 'spam' }],
  ['MAIL wants a sign-in', { MAIL: '530 5.7.0 sign in first' }, { kind: 'down', code: '5.7.0' }],
  ['MAIL gets 421', { MAIL: '421 4.3.2 shutting down' }, { kind: 'throttled', code: '4.3.2' }],
  ['MAIL cuts the connection', { MAIL: 'cut' }, { kind: 'down', code: 'connection_lost' }],
  ['MAIL gets no answer', { MAIL: 'silence' }, { kind: 'temporary', code: 'timeout' }],
  ['RCPT is greylisted', { RCPT: '450 4.2.0 greylisted' }, { kind: 'temporary', code: '4.2.0' }],
  ['RCPT is over quota', { RCPT: '452 4.2.2 mailbox full' }, { kind: 'temporary', code: '4.2.2' }],
  [
    'RCPT is unknown',
    { RCPT: '550 5.1.1 no such user' },
    { kind: 'permanent', class: 'unknown_user', code: '5.1.1' },
  ],
  ['RCPT is unknown, no enhanced code', { RCPT: '550 user unknown' }, { class: 'unknown_user', code: '550' }],
  ['RCPT is full for good', { RCPT: '552 5.2.2 over quota' }, { kind: 'permanent', class: 'mailbox_full' }],
  ['RCPT is disabled', { RCPT: '550 5.2.1 disabled' }, { class: 'disabled' }],
  ['RCPT is in a dead domain', { RCPT: '550 5.1.2 bad host' }, { class: 'unknown_domain' }],
  ['RCPT is against policy', { RCPT: '550 5.7.1 relaying denied' }, { class: 'policy' }],
  ['RCPT is listed', { RCPT: '554 5.7.1 blocked using Spamhaus' }, { class: 'reputation' }],
  ['RCPT lacks DKIM', { RCPT: '550 5.7.26 unauthenticated' }, { class: 'authentication' }],
  ['RCPT is odd', { RCPT: '599 hm' }, { class: 'unknown' }],
  [
    'RCPT is refused and RSET cuts',
    { RCPT: '550 5.1.1 no', RSET: 'cut' },
    { kind: 'permanent', code: '5.1.1' },
  ],
  ['RCPT cuts the connection', { RCPT: 'cut' }, { kind: 'temporary', code: 'connection_lost' }],
  ['DATA cuts the connection', { DATA: 'cut' }, { kind: 'temporary', code: 'connection_lost' }],
  ['DATA is refused', { DATA: '554 5.6.0 no' }, { kind: 'permanent' }],
  ['the content is cut in the middle', { content: 'cut' }, { kind: 'unanswered', code: 'connection_lost' }],
  ['the final dot cuts the connection', { '.': 'cut' }, { kind: 'unanswered', code: 'connection_lost' }],
  ['the final dot gets no answer', { '.': 'silence' }, { kind: 'unanswered', code: 'timeout' }],
  ['the content is spam', { '.': '554 5.7.1 spam' }, { kind: 'permanent', class: 'spam' }],
  ['the content is deferred', { '.': '451 4.3.0 later' }, { kind: 'temporary', code: '4.3.0' }],
  ['the final dot gets 421', { '.': '421 4.3.2 bye' }, { kind: 'throttled' }],
  ['the final dot gets nonsense', { '.': 'hello there' }, { kind: 'unanswered', code: 'protocol_error' }],
])('%s', async (_name, lines, expected) => {
  const { port } = await serverSaying(lines)
  const [answer] = await submit([aMessage()], settingsFor(port))
  expect(answer).toMatchObject(expected)
})

test('a relay that hangs takes the first message and not the time of the others', async () => {
  const { port, seen } = await serverSaying({ '.': 'silence' })
  const answers = await submit(many(4), settingsFor(port))
  expect(answers.map((answer) => answer.kind)).toEqual(['unanswered', 'down', 'down', 'down'])
  expect(seen.connections).toBe(1)
})

test('a relay that drops each mail in the middle loses only what was begun', async () => {
  const { port } = await serverSaying({ content: 'cut' })
  const answers = await submit(many(4), settingsFor(port))
  expect(answers.map((answer) => answer.kind)).toEqual(Array(4).fill('unanswered'))
})

test('a relay that closes after two mails is connected to again, nothing is lost or doubled', async () => {
  const done: string[] = []
  const { port, seen } = await actor((say, socket) => {
    let mails = 0
    let inContent = false
    say('220 relay')
    return (line) => {
      if (inContent && line !== '.') return
      const verb = inContent ? '.' : (line.split(/[ :]/)[0] ?? '')
      inContent = verb === 'DATA'
      if (verb === 'RCPT') done.push(line)
      if (verb === '.') mails += 1
      if (verb === 'MAIL' && mails === 2) socket.destroy()
      else say(polite[verb] ?? '502 no')
    }
  })
  const batch = Array.from({ length: 5 }, (_, n) =>
    aMessage({ messageId: `m${n}`, recipient: `p${n}@example.com` }),
  )
  const answers = await submit(batch, settingsFor(port))
  expect(answers.map((answer) => answer.kind)).toEqual(Array(5).fill('accepted'))
  expect(done).toEqual(batch.map((message) => `RCPT TO:<${message.recipient}>`))
  expect(seen.connections).toBe(3)
})

test('a relay that refuses a third connection still gets everything over two', async () => {
  let open = 0
  const { port, taken } = await smtpServer({
    onConnect: (_session, done) => {
      open += 1
      if (open > 2) done(Object.assign(new Error('too many connections'), { responseCode: 421 }))
      else done()
    },
  })
  const answers = await submit(many(25), settingsFor(port))
  expect(answers.every((answer) => answer.kind === 'accepted')).toBe(true)
  expect(taken).toHaveLength(25)
})

test.each([
  ['a line break', 'eve@example.com>\r\nRCPT TO:<mallory@example.com', 'permanent', '5.1.3'],
  ['a space', 'eve @example.com', 'permanent', '5.1.3'],
  ['letters the server does not take', 'żółw@example.com', 'permanent', '5.6.7'],
])('an address with %s never reaches the wire', async (_name, recipient, kind, code) => {
  const { port, taken } = await smtpServer({ hideSMTPUTF8: true } as object)
  const [answer] = await submit([aMessage({ recipient })], settingsFor(port))
  expect(answer).toMatchObject({ kind, code })
  expect(taken).toHaveLength(0)
})
