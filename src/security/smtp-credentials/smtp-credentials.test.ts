import { expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { verifySmtpCredential } from './verify.ts'

const app = await startTestApp()
const local = '127.0.0.1'

const streamOf = async () => (await app.owner.get('/email/streams')).body.data[0]
const make = async (body: object = {}) => {
  await app.owner.stepUp()
  const { id } = await streamOf()
  const made = await app.owner.post('/smtp-credentials', { name: 'Shop', stream_id: id, ...body })
  expect(made.status, made.raw).toBe(201)
  return made.body as { id: string; username: string; secret: string; stream_id: string }
}

test('a fresh account has one stream, and a credential of it shows its secret once', async () => {
  expect(await streamOf()).toMatchObject({ name: 'Main', slug: 'main' })
  const made = await make()
  expect(made.username).toMatch(/^smtp_[0-9A-Za-z]{12}$/)
  const listed = await app.owner.get('/smtp-credentials')
  expect(listed.raw).not.toContain(made.secret)
  expect(listed.body.data[0]).toMatchObject({ id: made.id, username: made.username, last_used_at: null })
})

test('a submission port gets one answer for every cause', async () => {
  const made = await make({ cidrs: ['127.0.0.0/8'] })
  const { username, secret } = made
  const verify = (given: object) =>
    verifySmtpCredential(app.deps, { username, secret, address: local, ...given })
  expect(await verify({})).toEqual({
    accountId: app.accountId,
    credentialId: made.id,
    streamId: made.stream_id,
  })
  for (const given of [
    { secret: `${secret}x` },
    { secret: '' },
    { username: 'smtp_nobodyhere0' },
    { username: `${username}\u0000` },
    { address: '203.0.113.7' },
    { address: null },
  ])
    expect(await verify(given)).toBeNull()
  expect((await app.owner.get('/smtp-credentials')).body.data[0].last_used_at).not.toBeNull()
  await app.owner.stepUp()
  expect((await app.owner.del(`/smtp-credentials/${made.id}`)).status).toBe(204)
  expect(await verify({})).toBeNull()
})

test('the networks of the account for SMTP hold for credentials too', async () => {
  const { username, secret } = await make()
  await app.owner.stepUp()
  await app.owner.post('/security/ip-entries', { address: '127.0.0.1' })
  const entry = await app.owner.post('/security/ip-entries', { address: '203.0.113.0/24', scopes: ['smtp'] })
  expect(entry.status, entry.raw).toBe(201)
  expect(await verifySmtpCredential(app.deps, { username, secret, address: local })).toBeNull()
  expect(await verifySmtpCredential(app.deps, { username, secret, address: '203.0.113.9' })).not.toBeNull()
})

test.each([
  ['a stream that never was', { stream_id: '0190a000-0000-7000-8000-0000000000aa' }, 404],
  ['host bits', { cidrs: ['10.0.0.1/8'] }, 422],
  ['an empty name', { name: '' }, 422],
  ['a field of the server', { username: 'smtp_mine' }, 422],
])('%s is refused', async (_name, body, status) => {
  await app.owner.stepUp()
  const { id } = await streamOf()
  const answer = await app.owner.post('/smtp-credentials', { name: 'Shop', stream_id: id, ...body })
  expect(answer.status).toBe(status)
})
