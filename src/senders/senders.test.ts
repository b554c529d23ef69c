import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const { owner, other, nobody, staff } = await startTestApp()

const defaults = async (): Promise<string[]> => {
  const { body } = await owner.get('/email/senders')
  return body.data.filter((s: { default: boolean }) => s.default).map((s: { email: string }) => s.email)
}
let n = 0
const aSender = async (given: object = {}) => {
  n += 1
  const answer = await owner.post('/email/senders', {
    name: `Sender ${n}`,
    email: `s${n}@acme.test`,
    ...given,
  })
  expect(answer.status).toBe(201)
  return answer.body
}

test('a new account has one verified default sender', async () => {
  const { status, body } = await owner.get('/email/senders')
  expect(status).toBe(200)
  expect(body.data).toEqual([
    {
      id: expect.any(String),
      name: 'Acme',
      email: 'owner@acme.test',
      reply_to: null,
      default: true,
      allowed_role_ids: [],
      domain_id: null,
      state: 'verified',
      version: 1,
    },
  ])
})

test('a sender is made, read, changed and deleted', async () => {
  const made = await owner.post('/email/senders', {
    name: '  Żółw  ',
    email: 'News@ŻÓŁW.example',
    reply_to: 'help@acme.test',
  })
  expect(made.status).toBe(201)
  expect(made.headers['location']).toBe(`/api/v1/email/senders/${made.body.id}`)
  expect(made.body).toMatchObject({
    name: 'Żółw',
    email: 'News@xn--w-uga1v8h.example',
    reply_to: 'help@acme.test',
    default: false,
  })
  const path = `/email/senders/${made.body.id}`
  const changed = await owner.patch(
    path,
    { reply_to: null, name: 'Turtle' },
    { 'if-match': made.headers['etag'] ?? '' },
  )
  expect(changed.body).toMatchObject({ name: 'Turtle', reply_to: null, version: 2 })
  expect((await owner.patch(path, { name: 'x' }, { 'if-match': '"1"' })).body.code).toBe('version_conflict')
  expect((await owner.get(path)).body).toEqual(changed.body)
  expect((await owner.del(path)).status).toBe(204)
  expect((await owner.get(path)).status).toBe(404)
})

test('there is always exactly one default', async () => {
  const second = await aSender({ default: true })
  expect(await defaults()).toEqual([second.email])
  const third = await aSender()
  expect((await owner.patch(`/email/senders/${third.id}`, { default: true })).status).toBe(200)
  expect(await defaults()).toEqual([third.email])
  const refused = await owner.patch(`/email/senders/${third.id}`, { default: false })
  expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '/default' })])
  expect((await owner.del(`/email/senders/${third.id}`)).status).toBe(204)
  expect(await defaults()).toEqual(['owner@acme.test'])
})

test('two defaults made at once leave one', async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map((k) => aSender({ email: `race${k}@acme.test`, default: true })),
  )
  expect(answers).toHaveLength(4)
  expect(await defaults()).toHaveLength(1)
})

test('the same name and address twice is refused, also when both come at once', async () => {
  const given = { name: 'Twin', email: 'twin@acme.test' }
  const answers = await Promise.all([
    owner.post('/email/senders', given),
    owner.post('/email/senders', given),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('name_taken')
  const upper = await owner.post('/email/senders', { name: 'TWIN', email: 'TWIN@acme.test' })
  expect(upper.body.code).toBe('name_taken')
})

describe('a sender cannot have', () => {
  const good = { name: 'N', email: 'n@acme.test' }
  test.each([
    ['no name', { email: 'n@acme.test' }, 'validation_failed'],
    ['an empty name', { ...good, name: '  ' }, 'validation_failed'],
    ['a name of 151 letters', { ...good, name: 'x'.repeat(151) }, 'validation_failed'],
    ['a line break in its name', { ...good, name: 'a\r\nBcc: x' }, 'validation_failed'],
    ['a NUL in its name', { ...good, name: 'a\u0000b' }, 'validation_failed'],
    ['a half surrogate in its name', { ...good, name: 'a\ud800' }, 'validation_failed'],
    ['an address that is none', { ...good, email: 'acme.test' }, 'email_invalid'],
    ['an address with a line break', { ...good, email: 'a@b.test\nBcc: x@y.test' }, 'email_invalid'],
    ['a reply address that is none', { ...good, reply_to: 'nobody' }, 'email_invalid'],
    [
      'an unknown role',
      { ...good, allowed_role_ids: ['00000000-0000-7000-8000-00000000dead'] },
      'unknown_role',
    ],
    ['an unknown field', { ...good, state: 'verified' }, 'validation_failed'],
    ['a default that is text', { ...good, default: 'yes' }, 'validation_failed'],
  ])('%s', async (_name, body, code) => {
    const answer = await owner.post('/email/senders', body)
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe(code)
  })
})

test('nobody else reaches a sender', async () => {
  const { id } = await aSender()
  const path = `/email/senders/${id}`
  for (const answer of [await other.get(path), await other.patch(path, { name: 'x' }), await other.del(path)])
    expect(answer.status).toBe(404)
  for (const answer of [
    await nobody.get('/email/senders'),
    await nobody.post('/email/senders', {}),
    await nobody.del(path),
  ])
    expect(answer.status).toBe(401)
  expect((await staff.get('/email/senders')).body.code).toBe('permission_denied')
  expect((await owner.get(path)).status).toBe(200)
})

const tokenIn = async (address: string): Promise<string> => {
  const outbox = await nobody.send({ method: 'GET', url: `/test/outbox?to=${encodeURIComponent(address)}` })
  return outbox.body.data[0].token
}

test('an address on a foreign domain is pending until its mailbox answers', async () => {
  const made = await aSender({ email: 'shop@foreign.test' })
  expect(made.state).toBe('pending')
  const token = await tokenIn('shop@foreign.test')
  expect((await nobody.post('/sender-confirmation', { token })).body).toEqual({ email: 'shop@foreign.test' })
  expect((await owner.get(`/email/senders/${made.id}`)).body.state).toBe('pending')
  const answers = await Promise.all([1, 2].map(() => nobody.post('/sender-confirmation/confirm', { token })))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
  expect((await owner.get(`/email/senders/${made.id}`)).body.state).toBe('verified')
  const again = await owner.post(`/email/senders/${made.id}/resend-confirmation`)
  expect([again.status, again.body.code]).toEqual([409, 'not_resendable'])
  const moved = await owner.patch(`/email/senders/${made.id}`, { email: 'other@foreign.test' })
  expect(moved.body.state).toBe('pending')
  expect((await owner.patch(`/email/senders/${made.id}`, { name: 'Renamed' })).body.state).toBe('pending')
})

test('a confirmation link of a former address confirms nothing', async () => {
  const made = await aSender({ email: 'first@foreign.test' })
  const token = await tokenIn('first@foreign.test')
  await owner.patch(`/email/senders/${made.id}`, { email: 'second@foreign.test' })
  expect((await nobody.post('/sender-confirmation/confirm', { token })).body.code).toBe('link_refused')
  expect((await owner.get(`/email/senders/${made.id}`)).body.state).toBe('pending')
  expect((await nobody.post('/sender-confirmation', { token: 'x' })).body.code).toBe('link_refused')
})

test('a confirmation is mailed again at most five times a day', async () => {
  const made = await aSender({ email: 'often@foreign.test' })
  const path = `/email/senders/${made.id}/resend-confirmation`
  expect((await other.post(path)).status).toBe(404)
  expect((await nobody.post(path)).status).toBe(401)
  const statuses = []
  for (let times = 0; times < 5; times += 1) statuses.push((await owner.post(path)).status)
  expect(statuses).toEqual([202, 202, 202, 202, 429])
})
