import { expect, inject, test, vi } from 'vitest'
import { withConnection, withDatabase } from './db/connection.ts'
import { makeClient, password, startTestApp } from './test/app.ts'

const lines: string[] = []
const app = await startTestApp({
  jobs: true,
  env: { LOG_LEVEL: 'debug' },
  log: (line) => void lines.push(line),
})
const { nobody } = app

/** What must never be found again, by what it is. */
const secrets = new Map<string, string>([[password, 'password']])
const keep = (what: string, ...found: readonly unknown[]): void => {
  for (const secret of found) if (typeof secret === 'string' && secret.length >= 8) secrets.set(secret, what)
}
const keepCookies = (client: { readonly cookie: string }): void => {
  for (const pair of client.cookie.split('; ')) keep('cookie', pair.split('=')[1])
}
type Mail = { kind: string; to: string; code: string | null; token: string | null }
const outbox = async (query: string): Promise<Mail[]> => {
  const { body } = await nobody.get(`/test/outbox?limit=1000&${query}`)
  for (const mail of body.data as Mail[]) keep(`code or token of ${mail.kind}`, mail.code, mail.token)
  return body.data
}
/** Some are written by a job, a moment after the answer. */
const newest = (query: string): Promise<Mail> =>
  vi.waitFor(async () => {
    const [mail] = await outbox(query)
    if (!mail) throw new Error(`nothing was sent: ${query}`)
    return mail
  }, 10_000)

const seeded = await nobody.post('/test/seed', {
  accounts: [
    {
      name: 'Guarded',
      key: 'guarded',
      entitlements: { mfa: true },
      users: [
        { email: 'mail@guarded.test', password, roles: ['owner'], mfa: 'email' },
        { email: 'text@guarded.test', password, roles: ['owner'], mfa: 'sms', phone: '+48601234567' },
        { email: 'plain@guarded.test', password, roles: ['owner'], recovery_codes: true, break_glass: true },
      ],
    },
  ],
})
expect(seeded.status).toBe(201)
const plain = seeded.body.accounts.guarded.users['plain@guarded.test']
keep('recovery code', ...(plain.recovery_codes ?? []))
keep('break-glass code', ...(plain.break_glass_codes ?? []))

const signInByCode = async (login: string, to: string): Promise<void> => {
  const client = makeClient(app.app)
  const begun = await client.post('/sign-in', { login, password })
  expect(begun.body.status).toBe('challenge')
  keepCookies(client)
  const { code } = await newest(`kind=sign_in_code&to=${encodeURIComponent(to)}`)
  const verify = (given: string | null) =>
    client.post(`/sign-in/challenges/${begun.body.challenge.id}/verify`, { code: given })
  expect((await verify(code?.replaceAll(/./g, '0') ?? '')).status).toBe(401)
  expect((await verify(code)).status).toBe(200)
  keepCookies(client)
  // By SMS a code has six digits, which stand in many a number; mail's eight are searched for.
}

await signInByCode('mail@guarded.test', 'mail@guarded.test')
await signInByCode('text@guarded.test', '+48601234567')

await nobody.post('/sign-in', { login: 'mail@guarded.test', password: 'not-the-right-password' })
keep('wrong password', 'not-the-right-password')

await nobody.post('/password-reset', { login: 'plain@guarded.test' })
const reset = await newest('kind=password_reset&to=plain@guarded.test')
keep('new password', 'another staple of horses')
const changed = await nobody.post('/password-reset/complete', {
  token: reset.token,
  password: 'another staple of horses',
})
expect(changed.status).toBe(204)

await app.owner.stepUp()
keepCookies(app.owner)
const invited = await app.owner.post('/invitations', {
  email: 'new@guarded.test',
  first_name: 'New',
  last_name: 'Person',
  role_ids: [(await app.owner.get('/roles')).body.data[0].id],
})
expect(invited.status).toBe(201)
await newest('kind=invitation')

const key = await app.owner.post('/api-keys', { name: 'Secret', scopes: ['contacts.view'] })
expect(key.status).toBe(201)
keep('API key', key.body.secret, key.body.secret.split('_')[3])
const relay = await app.owner.post('/sending/providers', {
  name: 'Relay',
  channel: 'email',
  kind: 'smtp',
  config: { host: '127.0.0.1', port: 2525, tls: 'none', username: 'user', password: 'relay-secret-word' },
})
expect(relay.status).toBe(201)
keep('password of a relay', 'relay-secret-word')
await outbox('')

/** Every row of every table as text, bytes in hexadecimal, seen past row level security. */
const wholeDatabase = async (): Promise<readonly (readonly [table: string, text: string])[]> => {
  const { superuserUrl } = inject('testServer')
  const name = new URL(app.urls.app).pathname.slice(1)
  return withConnection(withDatabase(superuserUrl, name), async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')`,
    )
    const found: [string, string][] = []
    for (const table of rows) {
      const { rows: texts } = await client.query<{ text: string }>(
        `select row_to_json(t)::text as text from ${table.name} t`,
      )
      found.push([table.name, texts.map(({ text }) => text).join('\n')])
    }
    return found
  })
}

/** A secret as it stands, and as its bytes look in a dump. */
const spellings = (secret: string): readonly string[] => [secret, Buffer.from(secret).toString('hex')]

test('the run made secrets of every kind', () => {
  expect(secrets.size).toBeGreaterThan(20)
  expect(new Set(secrets.values()).size).toBeGreaterThanOrEqual(10)
})

test('no column of any table holds a password, code, token, cookie or key', async () => {
  const tables = await wholeDatabase()
  expect(tables.length).toBeGreaterThan(60)
  const found = tables.flatMap(([table, text]) =>
    [...secrets].flatMap(([secret, what]) =>
      spellings(secret).some((spelling) => text.includes(spelling)) ? [`${what} in ${table}`] : [],
    ),
  )
  expect([...new Set(found)]).toEqual([])
})

test('no log line, at its most talkative, holds one either', () => {
  const said = lines.join('\n')
  expect([...secrets].flatMap(([secret, what]) => (said.includes(secret) ? [what] : []))).toEqual([])
})

test('no answer to a signed-in person repeats one', async () => {
  const paths = ['/audit-log', '/api-keys', '/sending/providers', '/invitations', '/users', '/session', '/me']
  for (const path of paths) {
    const { status, raw } = await app.owner.get(path)
    expect([path, status]).toEqual([path, 200])
    const found = [...secrets].flatMap(([secret, what]) =>
      raw.includes(secret) ? [`${what} in ${path}`] : [],
    )
    expect(found).toEqual([])
  }
})
