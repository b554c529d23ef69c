import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { importAll } from './contacts/import/test/import-file.ts'
import { inAccount } from './db/pool.ts'
import type { RouteContract } from './http/contract.ts'
import { keysOfBuiltIn } from './security/roles/built-in.ts'
import { type Client, startTestApp } from './test/app.ts'
import { oneOfEach } from './test/one-of-each.ts'
import { aColleague } from './test/people.ts'
import { aSentCampaign } from './test/sent-campaign.ts'

const app = await startTestApp({ jobs: true })
const { owner } = app
await owner.stepUp()

const email = 'wanda.secret@hidden-shop.example'
const oldEmail = 'wanda.before@hidden-shop.example'
const phone = '+48600100789'
const rejected = ['zofia.broken@@hidden-shop.example', '+48601202303']
const secrets = [
  email,
  oldEmail,
  phone,
  '600100789',
  ...rejected,
  '601202303',
  'zofia.broken',
  'wanda.secret',
]

const person = { external_id: 'W-1', first_name: 'Wanda', last_name: 'Nowak', company: 'Weaving' }
const made = await owner.post('/contacts', { ...person, email: oldEmail, phone })
const contact: string = made.body.id
await owner.patch(`/contacts/${contact}`, { email })
const group: string = (await owner.post('/groups', { name: 'Weavers' })).body.id
await owner.post(`/groups/${group}/members`, { items: [{ email }] })
await owner.post('/suppressions', {
  items: [
    { channel: 'email', address: email },
    { channel: 'sms', address: phone },
  ],
})
const imported = await importAll(
  owner,
  `email;phone;first_name\n${rejected[0]};${rejected[1]};Zofia\n${email};${phone};Wanda\n`,
)
const sent = await aSentCampaign(app, {
  html: '<p>Hello {{email}}</p>',
  messages: [
    {
      email: 'wanda.secret@hidden-shop.example.org',
      state: 'rejected',
      reason: 'hard_bounced',
      answer: {
        at: '2030-01-01T00:00:00.000Z',
        class: 'unknown_user',
        code: '550',
        text: `550 5.1.1 <${email}>: unknown`,
      },
    },
  ],
})
const [message] = sent.messages
await inAccount(app.db, app.accountId, (trx) =>
  sql`insert into simulator_messages (account_id, id, origin, from_address, to_address, subject, text_body, html_body,
      headers, size, search_text, raw)
    values (${app.accountId}, ${contact}, 'campaign', 'news@acme.test', ${email}, 'Hello', ${`for ${email}`},
      ${`<p>${email}</p>`}, ${JSON.stringify([{ name: 'To', value: email }])}, 1, ${`hello ${email}`},
      ${Buffer.from(`To: ${email}`)})`.execute(trx),
)

const analyst = (await aColleague(app, owner, { roles: ['analyst'] })).client
const sender = (await aColleague(app, owner, { roles: ['sender'] })).client
const protectionOfficer = (await aColleague(app, owner, { roles: ['data_protection_officer'] })).client
const almostOwner = await aColleague(app, owner, { roles: ['owner'] })
await inAccount(app.db, app.accountId, (trx) =>
  sql`insert into user_permissions (account_id, user_id, key, allow)
    values (${app.accountId}, ${almostOwner.id}, 'contacts.personal_data.view', false)`.execute(trx),
)

const keyOf = async (scopes: readonly string[]) => {
  const { status, body } = await owner.post('/api-keys', { name: `Key ${scopes.length}`, scopes })
  expect([status, body.code]).toEqual([201, undefined])
  return { authorization: `Bearer ${body.secret}` }
}
await owner.stepUp()
const maskedKey = await keyOf(['contacts.view'])
const wholeKey = await keyOf(['contacts.view', 'contacts.personal_data.view'])

const samples = {
  ...(await oneOfEach(app, app.accountId)),
  '/contacts': { id: contact },
  '/contacts/by': { key: 'external_id', value: 'W-1' },
  '/groups': { id: group },
  '/imports': { id: imported.id },
  '/campaigns': { id: sent.campaignId, message_id: message?.messageId ?? '' },
  '/simulator/messages': { id: contact, position: '0' },
} as Readonly<Record<string, Readonly<Record<string, string>>>>

const addressOf = (path: string): string => {
  const collection = Object.keys(samples)
    .filter((one) => path === one || path.startsWith(`${one}/`))
    .toSorted((left, right) => right.length - left.length)[0]
  const values = samples[collection ?? ''] ?? {}
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'none')
}

const readable = app.app.served.flatMap(({ contract }) =>
  contract?.method === 'GET' && contract.access !== 'public' && contract.replyType !== 'text/event-stream'
    ? [contract]
    : [],
)
const read = async (client: Client, contract: RouteContract, query = '') =>
  client.send({ method: 'GET', url: `/api/v1${addressOf(contract.path)}${query}` })

describe.each([
  ['an analyst', analyst],
  ['a sender', sender],
  ['a data protection officer', protectionOfficer],
  ['whoever holds all but the right to personal data', almostOwner.client],
])('%s', (_who, client) => {
  test.each(readable.map((contract) => [contract.path, contract] as const))(
    'finds no address in %s',
    async (path, contract) => {
      for (const query of ['', ...(path.endsWith('report.csv') ? ['?result=rejected'] : [])]) {
        const { raw } = await read(client, contract, query)
        expect(secrets.filter((secret) => raw.includes(secret))).toEqual([])
      }
    },
  )
})

test.each([
  '/contacts',
  '/contacts/{id}',
  '/contacts/{id}/changes',
  '/groups/{id}/members',
  '/suppressions',
  '/imports/{id}/analysis',
  '/campaigns/{id}/messages',
  '/simulator/messages/{id}',
  '/simulator/messages/{id}/raw',
])('the owner sees the address in %s', async (path) => {
  const contract = readable.find((one) => one.path === path)
  expect(contract && (await read(owner, contract)).raw).toContain('wanda.')
})

test('an analyst is let in to contacts and sees addresses masked', async () => {
  expect(keysOfBuiltIn('analyst')).toContain('contacts.view')
  const { status, body } = await analyst.get(`/contacts/${contact}`)
  expect([status, body.email, body.phone]).toEqual([200, 'wa***@hi***.example', '+48*****789'])
})

test('refused rows come masked in the columns of addresses, and in any other', async () => {
  const { raw } = await analyst.get(`/imports/${imported.id}/report.csv?result=rejected`)
  expect(raw).toContain('zo***@hi***.example')
  const rows = await analyst.get(`/imports/${imported.id}/rows`)
  expect(rows.body.data.map((row: { contact_id: string | null }) => row.contact_id)).toEqual([null, null])
})

const count = async (client: Client, q: string): Promise<number> =>
  (await client.get(`/contacts/count?q=${encodeURIComponent(q)}`)).body.count

test.each([
  [email, 0],
  ['wanda.secret', 0],
  ['hidden-shop', 0],
  ['600100', 0],
  ['wanda hidden-shop', 0],
  ['Wanda', 1],
  ['nowak weav', 1],
  ['w-1', 1],
])('a search for “%s” by somebody who sees no addresses finds %i', async (q, found) => {
  expect(await count(analyst, q)).toBe(found)
  expect((await analyst.get(`/contacts?q=${encodeURIComponent(q)}`)).body.data).toHaveLength(found)
  expect(await count(owner, q)).toBeGreaterThan(0)
})

const refused = { status: 403, code: 'permission_denied', permission: 'contacts.personal_data.view' }
const outcome = ({ status, body }: Awaited<ReturnType<Client['get']>>) => ({
  status,
  code: body.code,
  permission: body.permission,
})

describe('who sees no addresses', () => {
  test.each([
    ['the list', `/contacts?email=${email}`],
    ['the list by phone', `/contacts?phone=${encodeURIComponent(phone)}`],
    ['the count', `/contacts/count?email=${email}`],
    ['a contact by its e-mail', `/contacts/by/email/${email}`],
    ['a contact by an e-mail of nobody', '/contacts/by/email/nobody@example.com'],
    ['a contact by its phone', `/contacts/by/phone/${encodeURIComponent(phone)}`],
    ['suppressions', `/suppressions?address=${email}`],
    ['recipients', `/campaigns/${sent.campaignId}/recipients?q=wanda`],
  ])('may not ask %s for one', async (_what, path) => {
    expect(outcome(await almostOwner.client.get(path))).toEqual(refused)
  })

  test('may not change one, nor act on a contact named by one', async () => {
    const { client } = almostOwner
    const items = [{ email }]
    for (const asked of [
      client.patch(`/contacts/${contact}`, { email }),
      client.patch(`/contacts/by/email/${email}`, { first_name: 'Wanda' }),
      client.post(`/groups/${group}/members`, { items }),
      client.send({ method: 'DELETE', url: `/api/v1/groups/${group}/members`, payload: { items } }),
      client.post('/contacts/bulk', { action: 'delete', filter: { email } }),
      client.post('/suppressions/check', { items: [{ channel: 'email', address: email }] }),
    ])
      expect(outcome(await asked)).toEqual(refused)
    expect((await client.get(`/contacts/${contact}`)).body.first_name).toBe('Wanda')
  })

  test.each(['error', 'skip', 'update'] as const)(
    'learns with on_conflict=%s that an address is taken and not by whom',
    async (on_conflict) => {
      const { status, body } = await sender.post('/contacts', { email, on_conflict })
      expect([status, body.code, body.contact_id, body.key]).toEqual([
        409,
        'contact_exists',
        undefined,
        undefined,
      ])
    },
  )

  test('learns nothing about an address beside an external id that is known', async () => {
    const given = async (guess: string) => {
      const { status, body } = await sender.post('/contacts', { external_id: 'W-1', email: guess })
      return [status, body.code, body.contact_id, body.key]
    }
    await owner.post('/contacts', { email: 'other@example.com' })
    const known = [409, 'contact_exists', contact, 'external_id']
    for (const guess of [email, 'other@example.com', 'nobody@example.com'])
      expect(await given(guess)).toEqual(known)
  })

  test('gets a contact added by an address back masked', async () => {
    const added = await sender.post('/contacts', { email: 'fresh@example.com' })
    expect([added.status, added.body.email]).toEqual([201, 'fr***@ex***.com'])
  })

  test('finds mail to contacts in the simulator by its subject alone', async () => {
    const { client } = almostOwner
    for (const query of [`to=${email}`, 'q=hidden-shop', 'q=for'])
      expect((await client.get(`/simulator/messages?${query}`)).body.data).toEqual([])
    expect((await client.get('/simulator/messages?q=hello')).body.data).toHaveLength(1)
    expect(outcome(await client.get(`/simulator/messages/${contact}/raw`))).toEqual(refused)
  })
})

test('an API key without the right to personal data sees addresses masked', async () => {
  const readBy = async (headers: Record<string, string>) =>
    (await app.nobody.get(`/contacts/${contact}`, headers)).body.email
  expect([await readBy(maskedKey), await readBy(wholeKey)]).toEqual(['wa***@hi***.example', email])
})
