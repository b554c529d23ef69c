import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterAll, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { startSimulatorDoor } from './door.ts'

const app = await startTestApp({ env: { SIMULATOR_SMTP_LISTEN: '127.0.0.1:0' } })
const door = await startSimulatorDoor(app.deps)
const port = door?.port ?? 0
afterAll(() => door?.close())

const client = (more: object = {}) => createTransport({ host: '127.0.0.1', port, secure: false, ...more })
const envelope = { from: 'job@anywhere.test', to: ['ann@example.com'] }
const shared = async (who = app.owner) => (await who.get('/simulator/messages?mailbox=shared')).body.data

/** Speaks raw SMTP: each line waits for the answer to the one before. */
const dialogue = (lines: readonly string[]): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const answers: string[] = []
    const rest = [...lines]
    socket.setTimeout(5_000, () => reject(new Error('no answer')))
    socket.on('error', reject)
    socket.on('close', () => resolve(answers))
    socket.on('data', (chunk) => {
      const last = chunk.toString().trim().split('\r\n').at(-1) ?? ''
      if (!/^\d{3} /.test(last)) return
      answers.push(last)
      const line = rest.shift()
      if (line === undefined) socket.destroy()
      else socket.write(`${line}\r\n`)
    })
  })

test('mail from any program to anybody lands in the shared mailbox', async () => {
  await client().sendMail({
    envelope,
    from: 'Job <job@anywhere.test>',
    to: 'Ann <ann@example.com>',
    subject: 'Backup',
    text: 'done',
    html: '<p>done</p>',
    attachments: [{ filename: 'a.txt', content: 'x' }],
  })
  const [head] = await shared()
  expect(head).toMatchObject({
    mailbox: 'shared',
    origin: 'smtp',
    message_id: null,
    campaign_id: null,
    envelope_from: 'job@anywhere.test',
    to: { email: 'ann@example.com', name: 'Ann' },
    subject: 'Backup',
    attachments: [{ filename: 'a.txt', content_type: 'text/plain', size: 1 }],
  })
  expect((await app.owner.get(`/simulator/messages/${head.id}/raw`)).status).toBe(200)
  expect((await app.owner.get('/simulator/messages')).body.data).toEqual([])
})

test('staff and, on loopback, owners of every account see the shared mailbox', async () => {
  for (const who of [app.owner, app.other, app.staff]) {
    const [head] = await shared(who)
    expect(head.subject).toBe('Backup')
    expect((await who.get(`/simulator/messages/${head.id}`)).status).toBe(200)
    expect((await who.get(`/simulator/messages/${head.id}/preview`)).status).toBe(200)
  }
})

test('each recipient has a mail of his own', async () => {
  const to = ['one@example.com', 'two@example.com']
  await client().sendMail({ envelope: { from: '', to }, from: 'x@y.test', to, subject: 'both', text: 'x' })
  const found = await shared()
  expect(
    found
      .filter((m: { subject: string }) => m.subject === 'both')
      .map((m: { to: { email: string } }) => m.to.email)
      .sort(),
  ).toEqual(to)
})

test.each([
  ['plain', { user: 'a', pass: 'b' }, 'PLAIN'],
  ['login', { user: 'a', pass: 'b' }, 'LOGIN'],
])('a credential nobody has made is refused by %s', async (_name, auth, method) => {
  await expect(
    client({ auth, authMethod: method }).sendMail({ envelope, subject: 'no', text: 'x' }),
  ).rejects.toMatchObject({
    responseCode: 535,
  })
})

test.each([
  ['NUL bytes', 'Subject: a\u0000b\r\n\r\nx\u0000y'],
  ['no header at all', 'hello'],
  ['nothing', ''],
  [
    'a broken multipart',
    'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p',
  ],
])('a mail of %s is kept as it came', async (_name, source) => {
  const answers = await dialogue([
    'EHLO me',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<broken@example.com>',
    'DATA',
    `${source}\r\n.`,
    'QUIT',
  ])
  expect(answers[5]).toMatch(/^250 /)
  const [head] = await shared()
  expect(head.to.email).toBe('broken@example.com')
  const raw = await app.owner.get(`/simulator/messages/${head.id}/raw`)
  expect(raw.raw.replace(/\r\n$/, '')).toBe(source.replace(/\r\n$/, ''))
  expect((await app.owner.get(`/simulator/messages/${head.id}`)).status).toBe(200)
})

test('a mail above 25 MB is refused by its announced and by its real size', async () => {
  const announced = await dialogue(['EHLO me', 'MAIL FROM:<a@b.test> SIZE=26214401', 'QUIT'])
  expect(announced[2]).toMatch(/^552 /)
  const line = 'x'.repeat(998)
  const body = `Subject: big\r\n\r\n${`${line}\r\n`.repeat(26_500)}.`
  const sent = await dialogue([
    'EHLO me',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<big@example.com>',
    'DATA',
    body,
    'QUIT',
  ])
  expect(sent[5]).toMatch(/^552 /)
  expect((await shared()).some((m: { subject: string }) => m.subject === 'big')).toBe(false)
})

test('one connection may bring many mails', async () => {
  const pooled = client({ pool: true, maxConnections: 1 })
  for (let n = 0; n < 15; n += 1) await pooled.sendMail({ envelope, subject: `many ${n}`, text: 'x' })
  pooled.close()
  const { body } = await app.owner.get('/simulator/messages?mailbox=shared&q=many')
  expect(body.data).toHaveLength(15)
})

test('emptying the shared mailbox leaves the own one', async () => {
  expect((await app.staff.del('/simulator/messages?mailbox=shared')).status).toBe(204)
  expect(await shared()).toEqual([])
})

test('a taken port is told in one sentence', async () => {
  const second = {
    ...app.deps,
    config: { ...app.deps.config, simulatorSmtpListen: { host: '127.0.0.1', port } },
  }
  await expect(startSimulatorDoor(second)).rejects.toThrow(
    `SIMULATOR_SMTP_LISTEN: port ${port} is taken by another program`,
  )
})

test('without an address there is no door', async () => {
  expect(
    await startSimulatorDoor({ ...app.deps, config: { ...app.deps.config, simulatorSmtpListen: null } }),
  ).toBeNull()
})

const aCredential = async (given: object = {}): Promise<{ id: string; user: string; pass: string }> => {
  await app.owner.stepUp()
  const stream = (await app.owner.get('/email/streams')).body.data[0]
  const made = await app.owner.post('/smtp-credentials', { name: 'Job', stream_id: stream.id, ...given })
  expect(made.status, made.raw).toBe(201)
  return { id: made.body.id, user: made.body.username, pass: made.body.secret }
}
const own = async (who: typeof app.owner): Promise<string[]> =>
  (await who.get('/simulator/messages')).body.data.map((mail: { subject: string }) => mail.subject)

test.each(['PLAIN', 'LOGIN'])(
  'mail with a credential by %s is seen in its account only',
  async (authMethod) => {
    const { user, pass } = await aCredential()
    await client({ auth: { user, pass }, authMethod }).sendMail({ envelope, subject: authMethod, text: 'x' })
    expect(await own(app.owner)).toContain(authMethod)
    expect(await own(app.other)).not.toContain(authMethod)
    expect((await shared()).map((mail: { subject: string }) => mail.subject)).not.toContain(authMethod)
  },
)

test('a credential that is deleted, of another network or with another secret is refused', async () => {
  const [good, foreign] = [await aCredential(), await aCredential({ cidrs: ['203.0.113.0/24'] })]
  await app.owner.stepUp()
  expect((await app.owner.del(`/smtp-credentials/${good.id}`)).status).toBe(204)
  for (const auth of [good, foreign, { ...foreign, pass: 'x' }, { ...foreign, user: 'nobody' }])
    await expect(client({ auth }).sendMail({ envelope, subject: 'no', text: 'x' })).rejects.toMatchObject({
      responseCode: 535,
    })
  expect(await own(app.owner)).not.toContain('no')
})
