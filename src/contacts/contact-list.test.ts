import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp({ jobs: true })
const { owner, other, nobody } = app

const inSql = <T>(statement: ReturnType<typeof sql<T>>) =>
  inAccount(app.db, app.accountId, (trx) => statement.execute(trx))

type Listed = { id: string; external_id: string; created_at: string; updated_at: string }

const all = async (query: string, limit: number): Promise<Listed[]> => {
  const found: Listed[] = []
  for (let cursor = ''; ; ) {
    const page = await owner.get(`/contacts?limit=${limit}${query}${cursor ? `&cursor=${cursor}` : ''}`)
    expect(page.status, page.raw).toBe(200)
    found.push(...page.body.data)
    if (!page.body.has_more) return found
    cursor = page.body.next_cursor
  }
}

beforeAll(async () => {
  // Many rows of one instant, as an import makes them.
  await inSql(sql`insert into contacts (account_id, id, external_id, email, email_key, first_name, source, created_at, updated_at)
    select ${app.accountId}, uuid_v7(), 'L-' || n, 'list' || n || '@example.org', 'list' || n || '@example.org',
      'Name' || n, 'import', app_now() - make_interval(secs => n / 100), app_now() from generate_series(1, 250) n`)
  await owner.post('/contacts', {
    external_id: '100%_sure\\',
    email: 'kowalska@firma.example',
    first_name: 'Żaneta',
    last_name: 'Kowalska',
    phone: '+48600999111',
  })
})

describe('paging', () => {
  test.each([1, 7, 100, 1000])('limit %i reaches every contact once', async (limit) => {
    const found = await all(limit === 1 ? '&q=list24' : '', limit)
    expect(new Set(found.map((contact) => contact.id)).size).toBe(found.length)
    expect(found.length).toBe(limit === 1 ? 11 : 251)
  })

  test.each(['-created_at', 'created_at', '-updated_at', 'updated_at'])('sorted by %s', async (sort) => {
    const found = await all(`&sort=${sort}`, 40)
    const column = sort.endsWith('updated_at') ? 'updated_at' : 'created_at'
    const times = found.map((contact) => contact[column])
    const sorted = times.toSorted()
    expect(times).toEqual(sort.startsWith('-') ? sorted.toReversed() : sorted)
    expect(found).toHaveLength(251)
  })

  test.each([
    ['limit=0', 422],
    ['limit=1001', 422],
    ['limit=x', 422],
    ['sort=phone', 422],
    ['state=gone', 422],
    ['group_id=x', 422],
    ['created_from=yesterday', 422],
    ['created_from=2026-02-30T00:00:00Z', 422],
    ['updated_since=2026-13-01T00:00:00Z', 422],
    ['nick=x', 422],
    ['cursor=x', 400],
    [`cursor=${Buffer.from('[["x","y"],"z",1]').toString('base64url')}`, 400],
    ['q=a&q=b', 400],
    ['q=%00', 422],
  ])('%s is refused', async (query, status) => {
    expect((await owner.get(`/contacts?${query}`)).status).toBe(status)
  })

  test('a cursor of another filter, and one made up, are refused', async () => {
    const page = await owner.get('/contacts?limit=2')
    expect(
      (await owner.get(`/contacts?limit=2&state=active&cursor=${page.body.next_cursor}`)).body.code,
    ).toBe('invalid_cursor')
    const [, digest, madeAt] = JSON.parse(Buffer.from(page.body.next_cursor, 'base64url').toString())
    for (const position of [['now', 'x'], ["2026-01-01T00:00:00.000Z'", 'x'], [1, 2], []]) {
      const forged = Buffer.from(JSON.stringify([position, digest, madeAt])).toString('base64url')
      expect((await owner.get(`/contacts?limit=2&cursor=${forged}`)).body.code).toBe('invalid_cursor')
    }
  })
})

describe('search and filters', () => {
  test.each([
    ['kowal', 1],
    ['WALSKA', 1],
    ['żan', 1],
    ['kowalska Żaneta', 1],
    ['kowalska list', 0],
    ['600 999', 1],
    ['+48600', 1],
    ['firma.ex', 1],
    ['100%25', 1],
    ['%25_sure', 1],
    ['0%25s', 0],
    ['\\', 1],
    ["'; drop table contacts; --", 0],
    ['list25', 2],
    ['ń', 0],
  ])('%s finds %i', async (words, count) => {
    const q = words.includes('%25') ? words : encodeURIComponent(words)
    expect((await owner.get(`/contacts?q=${q}`)).body.data).toHaveLength(count)
    expect((await owner.get(`/contacts/count?q=${q}`)).body.count).toBe(count)
  })

  test('keys, state, group, time and unsubscribes narrow the list', async () => {
    const group = (await owner.post('/groups', { name: 'Narrow' })).body
    const made = (
      await owner.post('/contacts', {
        email: 'Narrow@example.org',
        phone: '+48601888777',
        groups_add: [group.id],
      })
    ).body
    const ids = async (query: string) =>
      (await owner.get(`/contacts?${query}`)).body.data.map((contact: Listed) => contact.id)
    expect(await ids('email=NARROW@example.org')).toEqual([made.id])
    expect(await ids('email=nonsense')).toEqual([])
    expect(await ids('phone=601888777')).toEqual([made.id])
    expect(await ids(`group_id=${group.id}`)).toEqual([made.id])
    expect(await ids(`group_id=${group.id}&state=archived`)).toEqual([])
    expect(await ids(`created_from=${made.created_at}&q=narrow`)).toEqual([made.id])
    expect(await ids(`created_to=${made.created_at}&q=narrow`)).toEqual([])
    expect(await ids(`updated_since=${made.created_at}&q=narrow`)).toEqual([made.id])
    await owner.post(`/contacts/${made.id}/unsubscribe`, { channel: 'email' })
    expect(await ids('unsubscribed=email')).toEqual([made.id])
    expect(await ids('unsubscribed=sms')).toEqual([])
  })

  test('another account sees nothing of it, nobody gets in', async () => {
    expect((await other.get('/contacts?q=kowalska')).body.data).toEqual([])
    expect((await other.get('/contacts/count')).body.count).toBe(0)
    expect((await nobody.get('/contacts')).status).toBe(401)
    expect((await nobody.get('/contacts/count')).status).toBe(401)
  })

  test('the whole count is exact while contacts come and go', async () => {
    const before = (await owner.get('/contacts/count')).body.count
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => owner.post('/contacts', { external_id: `come-${n}` })),
    )
    expect((await owner.get('/contacts/count')).body.count).toBe(before + 20)
    await Promise.all(made.map((answer) => owner.del(`/contacts/${answer.body.id}`)))
    expect((await owner.get('/contacts/count')).body.count).toBe(before)
  })
})

const untilDone = async (id: string) => {
  for (;;) {
    const { body } = await owner.get(`/operations/${id}`)
    if (['completed', 'failed', 'canceled'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe('many at once', () => {
  test('up to a hundred at once, more in the background, with the confirmed count', async () => {
    const group = (await owner.post('/groups', { name: 'Bulk' })).body
    const few = (await all('&q=list24', 100)).map((contact) => contact.id)
    const added = await owner.post('/contacts/bulk', {
      ids: few,
      action: 'group_add',
      params: { group_id: group.id },
      expected_count: few.length,
    })
    expect(added).toMatchObject({ status: 200, body: { count: few.length, operation_id: null } })

    const wrong = await owner.post('/contacts/bulk', {
      filter: { q: 'list' },
      action: 'group_add',
      params: { group_id: group.id },
      expected_count: 3,
    })
    expect(wrong).toMatchObject({ status: 409, body: { code: 'revision_changed', count: 250 } })
    const many = await owner.post('/contacts/bulk', {
      filter: { q: 'list' },
      action: 'group_add',
      params: { group_id: group.id },
      expected_count: 250,
    })
    expect(many.status, many.raw).toBe(202)
    expect(many.headers['location']).toBe(`/api/v1/operations/${many.body.operation_id}`)
    expect(await untilDone(many.body.operation_id)).toMatchObject({
      state: 'completed',
      total: 250,
      done: 250,
      result: { contacts: 250, changed: 250 - few.length },
    })
    expect((await owner.get(`/groups/${group.id}`)).body.member_count).toBe(250)
    expect((await owner.get(`/groups/${group.id}/count`)).body.count).toBe(250)
    const removed = await owner.post('/contacts/bulk', {
      ids: few,
      action: 'group_remove',
      params: { group_id: group.id },
    })
    expect(removed.status).toBe(200)
    expect((await owner.get(`/groups/${group.id}`)).body.member_count).toBe(250 - few.length)
  })

  test.each([
    [{ action: 'delete' }, 422],
    [{ action: 'delete', ids: [], filter: {} }, 422],
    [{ action: 'delete', ids: ['x'] }, 422],
    [{ action: 'delete', filter: { nope: 1 } }, 422],
    [{ action: 'group_add', filter: {} }, 422],
    [{ action: 'group_add', filter: {}, params: { group_id: '01890000-0000-7000-8000-000000000000' } }, 422],
    [{ action: 'explode', filter: {} }, 422],
  ])('%j is refused', async (body, status) => {
    expect((await owner.post('/contacts/bulk', body)).status).toBe(status)
  })

  test('deleting by filter removes exactly the set that was shown', async () => {
    const started = await owner.post('/contacts/bulk', {
      filter: { q: 'list' },
      action: 'delete',
      expected_count: 250,
    })
    expect(started.status).toBe(202)
    await owner.post('/contacts', { email: 'list-late@example.org' })
    expect(await untilDone(started.body.operation_id)).toMatchObject({
      state: 'completed',
      result: { changed: 250 },
    })
    expect((await owner.get('/contacts/count?q=list')).body.count).toBe(1)
    expect((await owner.get('/groups?q=bulk')).body.data[0].member_count).toBe(0)
  })
})
