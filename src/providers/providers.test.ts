import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { closeAll, smtpServer } from '../channels/email/smtp/test/servers.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp()
const { owner, other, nobody, staff, deps, accountId } = app

let n = 0
const smtp = (config: object = {}, more: object = {}) => {
  n += 1
  return {
    channel: 'email',
    kind: 'smtp',
    name: `Relay ${n}`,
    config: { host: '127.0.0.1', port: 2525, tls: 'none', ...config },
    ...more,
  }
}
const made = async (given: object) => {
  const answer = await owner.post('/sending/providers', given)
  expect(answer.body).toMatchObject({ id: expect.any(String) })
  return answer.body
}
const secretsOf = (id: string) =>
  inAccount(deps.db, accountId, (trx) =>
    trx
      .selectFrom('providers')
      .select(['config', 'secrets_sealed'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )

test('a new account has the built-in mailbox as its only provider, on one route', async () => {
  const providers = await owner.get('/sending/providers')
  expect(providers.body.data).toEqual([
    expect.objectContaining({
      channel: 'email',
      kind: 'simulator',
      name: 'Built-in mailbox',
      enabled: true,
      config: {},
      pool: 'any',
      shape_by_receiver: false,
      receipts_url: null,
      state: { circuit: 'closed', last_check: null, limiting: null },
      limits: {
        per_second: null,
        per_minute: null,
        per_hour: null,
        per_day: null,
        concurrent: null,
        max_batch: null,
      },
    }),
  ])
  const routes = await owner.get('/sending/routes')
  expect(routes.body.data).toEqual([
    expect.objectContaining({
      channel: 'email',
      traffic: 'any',
      mode: 'failover',
      enabled: true,
      providers: [{ provider_id: providers.body.data[0].id }],
    }),
  ])
})

test('a relay is made with the defaults of its port and read without secrets', async () => {
  const answer = await owner.post(
    '/sending/providers',
    smtp({ host: 'LOCALHOST.', port: 2526, tls: undefined }),
  )
  expect(answer.status).toBe(201)
  expect(answer.body.config).toEqual({
    host: 'localhost',
    port: 2526,
    tls: 'starttls',
    username: null,
    has_password: false,
    ehlo_name: null,
    receipts: null,
  })
  expect(answer.headers['location']).toBe(`/api/v1/sending/providers/${answer.body.id}`)
  expect((await made(smtp({ port: 465, tls: undefined }))).config.tls).toBe('tls')
})

describe('a password', () => {
  const credentials = { username: 'relay', password: ' sécret ' }

  test('needs a fresh confirmation and is never shown again', async () => {
    const body = smtp(credentials)
    const refused = await owner.post('/sending/providers', body)
    expect(refused).toMatchObject({ status: 403, body: { code: 'step_up_required', purpose: 'general' } })
    await owner.stepUp()
    const answer = await owner.post('/sending/providers', body)
    expect(answer.status).toBe(201)
    expect(answer.raw).not.toContain('sécret')
    expect(answer.body.config).toMatchObject({ username: 'relay', has_password: true })
    const row = await secretsOf(answer.body.id)
    expect(JSON.stringify(row.config)).not.toContain('sécret')
    expect(row.secrets_sealed?.toString('latin1')).not.toContain('cret')
    expect((await owner.get(`/sending/providers/${answer.body.id}`)).raw).not.toContain('sécret')
  })

  test('needs it again where it would be shown to another server, and not for a new name', async () => {
    await owner.stepUp()
    const { id } = await made(smtp(credentials))
    const path = `/sending/providers/${id}`
    await app.advance(301)
    expect((await owner.patch(path, { name: `Renamed ${n}` })).status).toBe(200)
    expect((await owner.patch(path, { config: { ehlo_name: 'mail.acme.test' } })).status).toBe(200)
    expect((await owner.patch(path, { config: { host: 'localhost' } })).body.code).toBe('step_up_required')
    expect((await owner.patch(path, { config: { port: 2599 } })).body.code).toBe('step_up_required')
    expect((await owner.patch(path, { config: { password: 'new' } })).body.code).toBe('step_up_required')
    const removed = await owner.patch(path, { config: { username: null, password: null } })
    expect(removed.body.config).toMatchObject({ username: null, has_password: false, host: '127.0.0.1' })
    expect((await secretsOf(id)).secrets_sealed).toBeNull()
  })

  test('does not open in the row of another provider', async () => {
    await owner.stepUp()
    const [one, two] = [await made(smtp(credentials)), await made(smtp(credentials))]
    await inAccount(deps.db, accountId, async (trx) => {
      const { secrets_sealed } = await trx
        .selectFrom('providers')
        .select('secrets_sealed')
        .where('id', '=', one.id)
        .executeTakeFirstOrThrow()
      await trx.updateTable('providers').set({ secrets_sealed }).where('id', '=', two.id).execute()
    })
    expect((await owner.post(`/sending/providers/${one.id}/check`)).status).toBe(200)
    expect((await owner.post(`/sending/providers/${two.id}/check`)).status).toBe(500)
  })
})

describe('refused at save', () => {
  test.each([
    ['a private address', { host: '10.0.0.1', port: 587, tls: 'starttls' }, 'url_refused'],
    ['the cloud metadata address', { host: '169.254.169.254', port: 25, tls: 'starttls' }, 'url_refused'],
    ['a web port of a public address', { host: '8.8.8.8', port: 443, tls: 'tls' }, 'url_refused'],
    ['the panel itself', { port: 8420 }, 'url_refused'],
    ['the content origin', { port: 8421 }, 'url_refused'],
    [
      'an unknown name on an odd port',
      { host: 'nowhere.invalid', port: 2600, tls: 'starttls' },
      'url_refused',
    ],
    ['plain text to a public address', { host: '8.8.8.8', port: 25 }, 'validation_failed'],
    ['no host', { host: undefined }, 'validation_failed'],
    ['a host with a path', { host: 'relay.example/x' }, 'validation_failed'],
    ['a host with a user', { host: 'a@relay.example' }, 'validation_failed'],
    ['port 0', { port: 0 }, 'validation_failed'],
    ['port 65536', { port: 65_536 }, 'validation_failed'],
    ['a port as text', { port: '25' }, 'validation_failed'],
    ['an unknown TLS mode', { tls: 'maybe' }, 'validation_failed'],
    ['a user without a password', { username: 'a' }, 'validation_failed'],
    ['a password without a user', { password: 'a' }, 'validation_failed'],
    ['a greeting name with a space', { ehlo_name: 'a b' }, 'validation_failed'],
    ['a NUL in the password', { username: 'a', password: 'a\u0000' }, 'validation_failed'],
    ['a half surrogate in the password', { username: 'a', password: '\ud800' }, 'validation_failed'],
    ['an unknown member', { timeout: 5 }, 'validation_failed'],
  ])('%s', async (_name, config, code) => {
    const answer = await owner.post('/sending/providers', smtp(config))
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe(code)
  })

  test('the database', async () => {
    const port = Number(new URL(app.urls.app).port)
    expect((await owner.post('/sending/providers', smtp({ port }))).body.code).toBe('url_refused')
    expect((await owner.post('/sending/providers', smtp({ host: 'localhost', port }))).body.code).toBe(
      'url_refused',
    )
  })

  test.each([
    ['a kind of another issue', { kind: 'mx' }],
    ['another channel', { channel: 'sms' }],
    ['a mailbox with settings', { kind: 'simulator' }],
    ['a limit of 0', { limits: { per_second: 0 } }],
    ['a batch above 1,000', { limits: { max_batch: 1_001 } }],
    ['a name of 101 letters', { name: 'x'.repeat(101) }],
    ['no config', { config: undefined }],
  ])('%s', async (_name, more) => {
    const answer = await owner.post('/sending/providers', { ...smtp(), ...more })
    expect(answer.body).toMatchObject({ status: 422, code: 'validation_failed' })
  })

  test('a name that is taken, also when both come at once', async () => {
    const name = 'One Name'
    const answers = await Promise.all(
      [1, 2, 3].map(() => owner.post('/sending/providers', { ...smtp(), name })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const upper = await owner.post('/sending/providers', { ...smtp(), name: 'ONE NAME' })
    expect(upper.body).toMatchObject({ status: 409, code: 'name_taken' })
  })
})

test('a name that does not resolve now may be stored on a port of relays', async () => {
  const answer = await owner.post(
    '/sending/providers',
    smtp({ host: 'relay.invalid', port: 587, tls: 'starttls' }),
  )
  expect(answer.status).toBe(201)
  const check = await owner.post(`/sending/providers/${answer.body.id}/check`)
  expect(check.body).toMatchObject({ ok: false, detail: expect.stringContaining('could not be resolved') })
})

test('a change merges, keeps what is left out and judges versions', async () => {
  const { id } = await made(smtp({}, { limits: { per_second: 5, concurrent: 2 } }))
  const path = `/sending/providers/${id}`
  const changed = await owner.patch(
    path,
    { limits: { per_second: null, per_day: 100 }, pool: 'campaign' },
    { 'if-match': '"1"' },
  )
  expect(changed.body).toMatchObject({
    version: 2,
    pool: 'campaign',
    limits: { per_second: null, per_day: 100, concurrent: 2, max_batch: null },
    config: { host: '127.0.0.1', port: 2525, tls: 'none' },
  })
  expect((await owner.patch(path, { pool: 'any' }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await owner.patch(path, { kind: 'simulator' })).status).toBe(422)
  expect((await owner.patch(path, { config: { host: '10.1.1.1' } })).body.code).toBe('url_refused')
})

describe('the check', () => {
  test('tells that a relay works and stores it', async () => {
    const { port } = await smtpServer()
    const { id } = await made(smtp({ port }))
    const check = await owner.post(`/sending/providers/${id}/check`)
    expect(check.body).toEqual({
      ok: true,
      at: expect.any(String),
      detail: expect.stringContaining('Connected to'),
      duration_ms: expect.any(Number),
    })
    const { body } = await owner.get(`/sending/providers/${id}`)
    expect(body.state.last_check).toEqual({ at: check.body.at, ok: true, detail: check.body.detail })
    expect(body.version).toBe(1)
    await closeAll()
    const gone = await owner.post(`/sending/providers/${id}/check`)
    expect(gone.body).toMatchObject({ ok: false, detail: expect.stringContaining('refused the connection') })
  })

  test('never connects to what became refused after it was stored', async () => {
    let connections = 0
    const server = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    const { id } = await made(smtp({ port }))
    await inAccount(deps.db, accountId, (trx) =>
      trx
        .updateTable('providers')
        .set({ config: JSON.stringify({ host: '10.0.0.1', port, tls: 'none' }) })
        .where('id', '=', id)
        .execute(),
    )
    const check = await owner.post(`/sending/providers/${id}/check`)
    expect(check.body).toMatchObject({ ok: false, detail: expect.stringContaining('must not be used') })
    expect(connections).toBe(0)
    await new Promise((resolve) => server.close(resolve))
  })

  test('of the built-in mailbox is always well', async () => {
    const { body } = await owner.get('/sending/providers')
    const mailbox = body.data.find((p: { kind: string }) => p.kind === 'simulator')
    expect((await owner.post(`/sending/providers/${mailbox.id}/check`)).body.ok).toBe(true)
  })
})

test('nobody else reaches a provider', async () => {
  const { id } = await made(smtp())
  const path = `/sending/providers/${id}`
  const missing = (await other.get('/sending/providers/00000000-0000-7000-8000-00000000dead')).body
  for (const answer of [
    await other.get(path),
    await other.patch(path, { name: 'x' }),
    await other.del(path),
    await other.post(`${path}/check`),
  ])
    expect({ ...answer.body, request_id: '' }).toEqual({ ...missing, request_id: '' })
  for (const answer of [
    await nobody.get('/sending/providers'),
    await nobody.post('/sending/providers', smtp()),
    await nobody.get(path),
    await nobody.patch(path, {}),
    await nobody.del(path),
    await nobody.post(`${path}/check`),
  ])
    expect(answer.status).toBe(401)
  expect((await staff.get('/sending/providers')).body.code).toBe('permission_denied')
  expect((await owner.del(path)).status).toBe(204)
  expect((await owner.get(path)).status).toBe(404)
})

describe('direct delivery', () => {
  const mx = (config: object = {}, more: object = {}) => {
    n += 1
    return { channel: 'email', kind: 'mx', name: `Direct ${n}`, config, ...more }
  }

  test('takes a name and own addresses, and is always shaped by receiver', async () => {
    const config = { ehlo_name: 'mail.acme.test', source_addresses: ['127.0.0.11', '::1', '127.0.0.11'] }
    const { id, ...provider } = await made(mx(config, { shape_by_receiver: false }))
    expect(provider).toMatchObject({
      kind: 'mx',
      shape_by_receiver: true,
      config: { ehlo_name: 'mail.acme.test', source_addresses: ['127.0.0.11', '::1'] },
    })
    const path = `/sending/providers/${id}`
    const changed = await owner.patch(path, { shape_by_receiver: false, config: { source_addresses: null } })
    expect(changed.body).toMatchObject({
      shape_by_receiver: true,
      config: { ehlo_name: 'mail.acme.test', source_addresses: [] },
    })
  })

  test.each([
    [{ host: 'relay.example.com' }, '/config/host'],
    [{ source_addresses: ['127.0.0.1', 'here'] }, '/config/source_addresses/1'],
    [{ ehlo_name: 'not a name' }, '/config/ehlo_name'],
  ])('refuses %j', async (config, pointer) => {
    const answer = await owner.post('/sending/providers', mx(config))
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
    expect(answer.body.errors[0].pointer).toBe(pointer)
  })

  test('is tried without writing to anybody', async () => {
    const { id } = await made(mx({ source_addresses: ['198.51.100.7'] }))
    const answer = await owner.post(`/sending/providers/${id}/check`)
    expect(answer.body).toMatchObject({ ok: false, detail: expect.stringContaining('198.51.100.7') })
  })

  test('a relay has no source addresses', async () => {
    const answer = await owner.post('/sending/providers', smtp({ source_addresses: [] }))
    expect(answer.body.errors[0].pointer).toBe('/config/source_addresses')
  })
})
