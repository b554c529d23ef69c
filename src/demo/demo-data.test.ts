import { describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { makeSetupLink } from '../security/index.ts'
import { type Client, makeClient, startTestApp } from '../test/app.ts'

const app = await startTestApp({ jobs: true })
const { owner } = app

const ended = async (client: Client, id: string) => {
  await expect
    .poll(async () => (await client.get(`/operations/${id}`)).body.state, { timeout: 20_000 })
    .toMatch(/completed|failed|canceled/)
  return (await client.get(`/operations/${id}`)).body
}
const add = async (client = owner) => {
  const answer = await client.post('/account/demo-data')
  expect(answer.status, answer.raw).toBe(202)
  expect(answer.headers['location']).toBe(`/api/v1/operations/${answer.body.operation_id}`)
  return ended(client, answer.body.operation_id)
}
const remove = async (client = owner) => {
  const answer = await client.del('/account/demo-data')
  expect(answer.status, answer.raw).toBe(202)
  return ended(client, answer.body.operation_id)
}
const contactsOf = async (client = owner) => (await client.get('/contacts/count')).body.count
const present = async (client = owner) => (await client.get('/account')).body.demo_data
const only = async (path: string) => {
  const { data } = (await owner.get(path)).body
  expect(data).toHaveLength(1)
  return data[0]
}
const tables = ['messages', 'message_events', 'message_attempts', 'tracking_hits', 'consents'] as const
const rowsLeft = (accountId: string) =>
  inAccount(app.db, accountId, async (trx) => {
    const counts = tables.map(async (table) => {
      const row = await trx
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()
      return row.n
    })
    return Promise.all(counts)
  })

describe('the sample data', () => {
  test('are 200 people in three groups with a finished campaign', async () => {
    expect(await add()).toMatchObject({ state: 'completed', done: 200, result: { contacts: 200 } })
    expect(await present()).toBe(true)
    expect(await contactsOf()).toBe(200)
    const groups = (await owner.get('/groups')).body.data
    expect(groups).toHaveLength(3)
    for (const group of groups) expect(group.member_count).toBeGreaterThan(20)
    const names = (await owner.get('/fields')).body.data.map((field: { name: string }) => field.name)
    expect(names.toSorted()).toEqual(['birthday', 'city', 'newsletter', 'points'])
    expect(await only('/campaigns')).toMatchObject({ status: 'finished', demo: true, simulated: true })
  })

  test('have addresses that nobody can own', async () => {
    const people = (await owner.get('/contacts?limit=1000')).body.data
    const addresses: string[] = people.flatMap((person: { email: string | null }) => person.email ?? [])
    expect(addresses.filter((address) => !/@example\.(com|org|net)$/.test(address))).toEqual([])
    expect(addresses).toHaveLength(197)
    const languages = new Set(people.map((person: { language: string }) => person.language))
    expect([...languages].toSorted()).toEqual(['de', 'en', 'pl'])
  })

  test('account for everybody in the audience', async () => {
    const campaign = await only('/campaigns')
    const accounting = (await owner.get(`/campaigns/${campaign.id}/accounting`)).body
    expect(accounting).toMatchObject({
      audience: 150,
      sum: 150,
      balanced: true,
      missing: 0,
      surplus: 0,
      pending: 0,
      accepted: 131,
      rejected: 6,
      suppressed: 11,
      uncertain: 2,
      uncertain_open: 0,
      rejected_by_reason: { unknown_user: 3, mailbox_full: 2, spam: 1 },
      suppressed_by_reason: { no_address: 3, unsubscribed: 5, hard_bounced: 3 },
      uncertain_resolved: { accepted: 0, missed: 2, repeated: 0 },
    })
  })

  test('make a report with reactions on two days', async () => {
    const campaign = await only('/campaigns')
    const report = (await owner.get(`/campaigns/${campaign.id}/report`)).body
    expect(report.counts.delivered).toBe(131)
    for (const figure of ['opened_all', 'clicked_all', 'unsubscribed', 'hard_bounced', 'spam_bounced'])
      expect([figure, report.counts[figure] > 0]).toEqual([figure, true])
    const timeline = (await owner.get(`/campaigns/${campaign.id}/timeline?step=day`)).body.data
    expect(timeline.length).toBeGreaterThan(1)
    const links = (await owner.get(`/campaigns/${campaign.id}/links`)).body.data
    expect(links).toHaveLength(2)
    for (const link of links) expect(link.total).toBeGreaterThan(0)
    const journal = (await owner.get(`/campaigns/${campaign.id}/journal`)).body.data
    expect(journal.map((line: { kind: string }) => line.kind)).toEqual([
      'started',
      'planned',
      'finishing',
      'finished',
    ])
  })

  test('agree with the send decision of the people behind the ledger', async () => {
    const campaign = await only('/campaigns')
    const rows = (await owner.get(`/campaigns/${campaign.id}/messages?state=suppressed`)).body.data
    for (const row of rows) {
      const decided = (await owner.get(`/contacts/${row.contact_id}/sendability?channel=email`)).body
      expect([row.contact_id, decided.reason]).toEqual([row.contact_id, row.reason])
    }
  })

  test('are added once, however often they are asked for', async () => {
    const first = (await owner.post('/account/demo-data')).body.operation_id
    const second = (await owner.post('/account/demo-data')).body.operation_id
    expect(second).toBe(first)
    await ended(owner, first)
    expect(await contactsOf()).toBe(200)
    await only('/campaigns')
  })

  test('can be sent to again: a copy of the campaign passes its checks', async () => {
    const campaign = await only('/campaigns')
    const copy = (await owner.post(`/campaigns/${campaign.id}/duplicate`)).body
    expect(copy.demo).toBe(false)
    const preflight = (await owner.post(`/campaigns/${copy.id}/preflight`)).body
    expect(preflight.checks.filter((check: { level: string }) => check.level === 'block')).toEqual([])
    expect((await owner.del(`/campaigns/${copy.id}`)).status).toBe(204)
  })

  test('go without a trace', async () => {
    expect(await remove()).toMatchObject({ state: 'completed', result: { contacts: 200 } })
    expect(await present()).toBe(false)
    expect(await contactsOf()).toBe(0)
    for (const path of ['/groups', '/fields', '/campaigns', '/suppressions'])
      expect([path, (await owner.get(path)).body.data]).toEqual([path, []])
    expect(await rowsLeft(app.accountId)).toEqual(tables.map(() => 0))
    expect(await remove()).toMatchObject({ state: 'completed', result: { contacts: 0 } })
  })
})

describe('what people made themselves', () => {
  test('stays when the sample data come and go', async () => {
    const made = async (path: string, body: object) => {
      const answer = await owner.post(path, body)
      expect(answer.status, answer.raw).toBe(201)
      return answer.body.id
    }
    await made('/fields', { name: 'city', type: 'number' })
    const namesake = await made('/contacts', { email: 'anna.nowak@example.com', first_name: 'Anna' })
    await made('/groups', { name: 'Newsletter (sample)' })
    expect((await add()).state).toBe('completed')
    expect(await contactsOf()).toBe(201)
    const sample = (await owner.get('/groups')).body.data.find((group: { demo?: boolean; name: string }) =>
      group.name.startsWith('Newsletter (sample) 2'),
    )
    const mine = await made('/contacts', {
      email: 'own@acme.test',
      fields: { points: 5 },
      groups_add: [sample.id],
    })
    const campaign = await made('/campaigns', {
      channel: 'email',
      name: 'Mine',
      audience: { group_ids: [sample.id] },
    })
    expect((await remove()).state).toBe('completed')
    expect((await owner.get(`/contacts/${namesake}`)).status).toBe(200)
    expect((await owner.get(`/contacts/${mine}`)).body).toMatchObject({ fields: { points: 5 } })
    expect((await owner.get(`/campaigns/${campaign}`)).status).toBe(200)
    const groups = (await owner.get('/groups')).body.data
    expect(groups.map((group: { name: string }) => group.name)).toEqual(['Newsletter (sample)'])
    const fields = (await owner.get('/fields')).body.data
    expect(
      fields.map((field: { name: string; type: string }) => [field.name, field.type]).toSorted(),
    ).toEqual([
      ['city', 'number'],
      ['points', 'number'],
    ])
  })

  test('is not touched by the sample data of another account', async () => {
    expect((await add(app.other)).state).toBe('completed')
    expect(await contactsOf(app.other)).toBe(200)
    expect(await contactsOf()).toBe(2)
    await remove()
    expect(await contactsOf(app.other)).toBe(200)
  })
})

describe('asking for sample data', () => {
  test('needs a session, and a body without surprises', async () => {
    expect((await app.nobody.post('/account/demo-data')).status).toBe(401)
    expect((await app.nobody.del('/account/demo-data')).status).toBe(401)
    expect((await owner.post('/account/demo-data', { count: 5 })).body.errors[0].code).toBe('unknown_field')
  })

  test('and taking the wish back at once leaves nothing behind', async () => {
    const [added, removed] = [await owner.post('/account/demo-data'), await owner.del('/account/demo-data')]
    await ended(owner, added.body.operation_id)
    expect(await ended(owner, removed.body.operation_id)).toMatchObject({ state: 'completed' })
    expect(await present()).toBe(false)
    expect(await contactsOf()).toBe(2)
  })

  test('is possible on the set-up page', async () => {
    await app.nobody.post('/test/seed', { reset: true })
    const token = (await makeSetupLink(app.deps))?.split('#token=')[1] ?? ''
    const person = { email: 'anna@acme.test', first_name: 'Anna', last_name: 'Kowalska' }
    const secret = 'an owner pass phrase of length'
    const made = await app.nobody.post('/setup', {
      token,
      staff: { ...person, login: 'root', password: 'a staff pass phrase of length' },
      account: { name: 'Bakery' },
      owner: { ...person, password: secret },
      demo_data: true,
    })
    expect(made.status, made.raw).toBe(201)
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: person.email, password: secret })
    await expect.poll(() => present(client), { timeout: 20_000 }).toBe(true)
    expect(await contactsOf(client)).toBe(200)
  })
})
