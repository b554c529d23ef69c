import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localhostCertificate, otherCertificate } from './test/certificates.ts'
import { actor, aMessage, closeAll, makeAdapter, settingsFor, smtpServer, submit } from './test/servers.ts'

const trusted = getCACertificates()
beforeAll(() => setDefaultCACertificates([...trusted, localhostCertificate.cert]))
afterAll(() => setDefaultCACertificates(trusted))
afterEach(closeAll)

const signal = new AbortController().signal
const login = { username: 'relay', password: 'pass ł word' }
const auth: SMTPServerOptions = {
  disabledCommands: [],
  onAuth: (given, _session, done) =>
    given.username === login.username && given.password === login.password
      ? done(null, { user: 'relay' })
      : done(Object.assign(new Error('5.7.8 Wrong user or password'), { responseCode: 535 })),
}

test('a plain relay on loopback is found well', async () => {
  const { port } = await smtpServer()
  const result = await makeAdapter().check(settingsFor(port), signal)
  expect(result).toMatchObject({ ok: true })
  expect(result.detail).toContain('without TLS')
})

test.each(['starttls', 'tls'] as const)(
  '%s with a trusted certificate and a sign-in is found well',
  async (tls) => {
    const { port, taken } = await smtpServer({ ...auth, ...localhostCertificate, secure: tls === 'tls' })
    const settings = settingsFor(port, { tls, ...login })
    const result = await makeAdapter().check(settings, signal)
    expect(result.detail).toContain('certificate verified, signed in as relay')
    expect(result.ok).toBe(true)
    const [answer] = await submit([aMessage()], settings)
    expect(answer).toMatchObject({ kind: 'accepted' })
    expect(taken).toHaveLength(1)
  },
)

test.each(['PLAIN', 'LOGIN'] as const)('a sign-in by %s works', async (method) => {
  const { port } = await smtpServer({ ...auth, ...localhostCertificate, authMethods: [method] })
  expect(
    (await makeAdapter().check(settingsFor(port, { tls: 'starttls', ...login }), signal)).detail,
  ).toContain('signed in as relay')
})

test('a sign-in by XOAUTH2 works, and a refused token is told with the words of the server', async () => {
  const { port } = await smtpServer({
    ...localhostCertificate,
    disabledCommands: [],
    authMethods: ['XOAUTH2', 'PLAIN'],
    onAuth: (given, _session, done) =>
      given.method === 'XOAUTH2' && given.username === 'relay' && given.accessToken === 'token ł'
        ? done(null, { user: 'relay' })
        : done(null, { data: { status: '401', schemes: 'bearer' } }),
  })
  const settings = settingsFor(port, { tls: 'starttls', username: 'relay', auth: 'xoauth2' })
  const detailWith = async (password: string) =>
    (await makeAdapter().check({ ...settings, password }, signal)).detail
  expect(await detailWith('token ł')).toContain('signed in as relay')
  expect(await detailWith('stale')).toContain('refused the sign-in: 5')
  const { port: plain } = await smtpServer({ ...auth, ...localhostCertificate, authMethods: ['PLAIN'] })
  const offered = await makeAdapter().check({ ...settings, port: plain, password: 'token' }, signal)
  expect(offered.detail).toContain('offers no sign-in by XOAUTH2 (only PLAIN)')
})

test('a wrong password is told with the words of the server', async () => {
  const { port, taken } = await smtpServer({ ...auth, ...localhostCertificate })
  const settings = settingsFor(port, { tls: 'starttls', ...login, password: 'wrong' })
  const result = await makeAdapter().check(settings, signal)
  expect(result).toMatchObject({ ok: false })
  expect(result.detail).toContain('refused the sign-in: 535 5.7.8 Wrong user or password')
  const [answer] = await submit([aMessage()], settings)
  expect(answer).toMatchObject({ kind: 'down', code: '5.7.8' })
  expect(taken).toHaveLength(0)
})

test('a certificate of another name is refused and nothing is sent', async () => {
  const { port, taken } = await smtpServer({ ...otherCertificate, disabledCommands: ['AUTH'] })
  setDefaultCACertificates([otherCertificate.cert])
  const settings = settingsFor(port, { tls: 'starttls' })
  const result = await makeAdapter().check(settings, signal)
  setDefaultCACertificates([...trusted, localhostCertificate.cert])
  expect(result.detail).toContain('made out to another name')
  expect(taken).toHaveLength(0)
})

test('a self-signed certificate is refused in check and in sending', async () => {
  const { port, taken } = await smtpServer({ ...otherCertificate, secure: true })
  const settings = settingsFor(port, { tls: 'tls' })
  expect((await makeAdapter().check(settings, signal)).detail).toContain('self-signed')
  const [answer] = await submit([aMessage()], settings)
  expect(answer).toMatchObject({ kind: 'down', code: 'tls_failed' })
  expect(taken).toHaveLength(0)
})

test('a server without STARTTLS is never spoken to in plain text', async () => {
  const lines: string[] = []
  const { port } = await actor((say) => {
    say('220 relay')
    return (line) => {
      lines.push(line)
      say('250 relay')
    }
  })
  const result = await makeAdapter().check(settingsFor(port, { tls: 'starttls', ...login }), signal)
  expect(result.detail).toContain('does not offer STARTTLS')
  expect(lines.filter((line) => !line.startsWith('EHLO'))).toEqual([])
})

test('text pushed in before the TLS handshake breaks the dialogue', async () => {
  const { port } = await actor((say, socket) => {
    say('220 relay')
    return (line) =>
      line === 'STARTTLS' ? socket.write('220 go\r\n250 injected\r\n') : say('250-relay\r\n250 STARTTLS')
  })
  const result = await makeAdapter().check(settingsFor(port, { tls: 'starttls' }), signal)
  expect(result.detail).toContain('plain text where TLS was to begin')
})

test.each([
  ['a name that does not exist', { host: 'no-such-relay.invalid' }, 'could not be resolved'],
  ['a private address', { host: '10.0.0.1' }, 'must not be used'],
  [
    'plain text to a public server',
    { host: '8.8.8.8', port: 25 },
    'without TLS is allowed to private targets only',
  ],
])('%s is told', async (_name, more, text) => {
  const result = await makeAdapter().check(settingsFor(587, more), signal)
  expect(result.ok).toBe(false)
  expect(result.detail).toContain(text)
})

test('a refused connection, a silent server and one without sign-in are told apart', async () => {
  const { port } = await smtpServer()
  const detail = async (at: number, more = {}) =>
    (await makeAdapter().check(settingsFor(at, more), signal)).detail
  expect(await detail(port, login)).toContain('offers no sign-in')
  const silent = await actor(() => () => {})
  expect(await detail(silent.port)).toContain('did not answer with a greeting in time')
  await closeAll()
  expect(await detail(port)).toContain('refused the connection')
})
