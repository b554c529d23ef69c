import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'

const app = await startTestApp({ jobs: true })
const { owner, other, nobody } = app
const unknown = '01890000-0000-7000-8000-000000000000'

const add = async (body: object) => {
  const made = await owner.post('/groups', body)
  expect(made.status, made.raw).toBe(201)
  return made.body
}
const person = async (body: object) => {
  const made = await owner.post('/contacts', body)
  expect(made.status, made.raw).toBe(201)
  return made.body
}
const count = async (id: string) => (await owner.get(`/groups/${id}`)).body.member_count
const inSql = <T>(statement: ReturnType<typeof sql<T>>) =>
  inAccount(app.db, app.accountId, (trx) => statement.execute(trx))

const untilDone = async (id: string) => {
  for (;;) {
    const { body } = await owner.get(`/operations/${id}`)
    if (['completed', 'failed', 'canceled'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe('groups', () => {
  test('a group is made, read, changed and listed', async () => {
    const made = await owner.post('/groups', {
      name: 'Newsletter',
      visibility: 'public',
      require_consent: true,
      public_texts: { pl: { name: 'Nowości' } },
      folder: 'a/b',
      colour: 'blue',
    })
    expect(made.status).toBe(201)
    expect(made.headers['location']).toBe(`/api/v1/groups/${made.body.id}`)
    expect(made.body).toMatchObject({
      name: 'Newsletter',
      state: 'active',
      member_count: 0,
      addressable: { email: 0, sms: 0, push: 0, rcs: 0 },
      used_in: [],
      version: 1,
    })
    const changed = await owner.patch(
      `/groups/${made.body.id}`,
      { description: 'Weekly' },
      { 'if-match': '"1"' },
    )
    expect(changed).toMatchObject({ status: 200, body: { description: 'Weekly', version: 2 } })
    expect((await owner.patch(`/groups/${made.body.id}`, {}, { 'if-match': '"1"' })).status).toBe(412)
    expect((await owner.get('/groups?q=NEWS&sort=name')).body.data).toHaveLength(1)
    expect((await owner.get('/groups?visibility=private&q=news')).body.data).toHaveLength(0)
  })

  test.each([
    [{ name: 'NEWSLETTER' }, 409, 'name_taken'],
    [{ name: '' }, 422, 'validation_failed'],
    [{}, 422, 'validation_failed'],
    [{ name: 'x', folder: 'a/b/c/d/e/f' }, 422, 'validation_failed'],
    [{ name: 'x', require_consent: true }, 422, 'validation_failed'],
    [{ name: 'x', colour: 'ultraviolet' }, 422, 'validation_failed'],
    [{ name: 'x', nope: 1 }, 422, 'validation_failed'],
  ])('%j is refused', async (body, status, code) => {
    expect((await owner.post('/groups', body)).body).toMatchObject({ status, code })
  })

  test('of two groups of one name at once one is made', async () => {
    const made = await Promise.all([1, 2, 3].map(() => owner.post('/groups', { name: 'Race' })))
    expect(made.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
    const ids = await Promise.all(
      ['x1', 'x2'].map((name) => owner.post('/groups', { name, external_id: 'E-1' })),
    )
    expect(ids.map((answer) => answer.body.code ?? answer.status).sort()).toEqual([
      201,
      'duplicate_external_id',
    ])
  })

  test('paging by name reaches every group once', async () => {
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const page = (await owner.get(`/groups?limit=1&sort=name${cursor}`)).body
      names.push(...page.data.map((group: { name: string }) => group.name))
      if (!page.has_more) break
      cursor = `&cursor=${page.next_cursor}`
    }
    expect(names).toEqual(['Newsletter', 'Race', names[2]])
  })

  test('a foreign or unknown group is 404, nobody gets in', async () => {
    const { id } = await add({ name: 'Own' })
    for (const path of [`/groups/${id}`, `/groups/${id}/members`, `/groups/${id}/count`]) {
      expect((await other.get(path)).status, path).toBe(404)
      expect((await owner.get(path.replace(id, unknown))).status, path).toBe(404)
      expect((await nobody.get(path)).status, path).toBe(401)
    }
    expect((await other.patch(`/groups/${id}`, { name: 'Mine' })).status).toBe(404)
    for (const act of ['archive', 'restore'])
      expect((await other.post(`/groups/${id}/${act}`)).status).toBe(404)
    expect((await other.del(`/groups/${id}`)).status).toBe(404)
    expect((await other.post(`/groups/${id}/members`, { items: [{ contact_id: unknown }] })).status).toBe(404)
  })
})

describe('members', () => {
  test('contacts join and leave by any of their keys; each item is answered by itself', async () => {
    const group = await add({ name: 'Members' })
    const first = await person({ email: 'm1@example.org', external_id: 'M-1' })
    const second = await person({ phone: '+48600300301' })
    const joined = await owner.post(`/groups/${group.id}/members`, {
      items: [
        { email: 'M1@example.org' },
        { phone: '600300301' },
        { external_id: 'M-1' },
        { contact_id: unknown },
        { email: 'nonsense' },
        {},
        { email: 'm1@example.org', phone: '600300301' },
      ],
    })
    expect(joined.status).toBe(207)
    expect(joined.body).toMatchObject({ accepted: 3, refused: 4 })
    expect(
      joined.body.data.map(
        (item: { error?: { code: string }; contact_id: string }) => item.error?.code ?? item.contact_id,
      ),
    ).toEqual([
      first.id,
      second.id,
      first.id,
      'contact_not_found',
      'email_invalid',
      'key_required',
      'key_required',
    ])
    expect(await count(group.id)).toBe(2)
    const listed = (await owner.get(`/groups/${group.id}/members`)).body.data
    expect(listed.map((member: { contact_id: string }) => member.contact_id).sort()).toEqual(
      [first.id, second.id].sort(),
    )
    const left = await owner.send({
      method: 'DELETE',
      url: `/api/v1/groups/${group.id}/members`,
      payload: { items: [{ contact_id: first.id }] },
    })
    expect(left.status, left.raw).toBe(200)
    expect(await count(group.id)).toBe(1)
    expect(
      (await owner.post(`/groups/${group.id}/members`, { items: [{ contact_id: unknown }] })).status,
    ).toBe(422)
    const tooMany = Array.from({ length: 1_001 }, () => ({ contact_id: first.id }))
    expect((await owner.post(`/groups/${group.id}/members`, { items: tooMany })).body.code).toBe(
      'batch_too_large',
    )
  })

  test('who has left comes back only with a proof, which stands in the ledger', async () => {
    const group = await add({ name: 'Leavers' })
    const { id } = await person({ email: 'leaver@example.org', groups_add: [group.id] })
    await inSql(
      sql`update contact_group_members set state = 'left', left_at = app_now() where account_id = ${app.accountId} and contact_id = ${id}`,
    )
    expect(await count(group.id)).toBe(0)
    await owner.patch(`/contacts/${id}`, { groups_add: [group.id] })
    const refused = await owner.post(`/groups/${group.id}/members`, { items: [{ contact_id: id }] })
    expect(refused).toMatchObject({ status: 422, body: { refused: 1 } })
    expect((await owner.get(`/groups/${group.id}/members`)).body.data).toHaveLength(0)
    expect((await owner.get(`/groups/${group.id}/members?state=left`)).body.data).toHaveLength(1)
    const back = await owner.post(`/groups/${group.id}/members`, {
      items: [{ contact_id: id }],
      resubscribe: { proof: 'Asked for it by mail' },
    })
    expect(back.status).toBe(200)
    expect(await count(group.id)).toBe(1)
    expect((await owner.get(`/contacts/${id}/consents`)).body.data[0].proof.text).toBe('Asked for it by mail')
  })

  test('after hundreds of joins and leaves at once the count equals a full count', async () => {
    const groups = await Promise.all(['A', 'B', 'C'].map((name) => add({ name: `Parallel ${name}` })))
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, n) => person({ external_id: `par-${n}` })),
    )
    const ids = groups.map((group) => group.id)
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const acts = Array.from({ length: 300 }, () => async () => {
      const contact = people[random(people.length)]
      const list = random(2) === 0 ? 'groups_add' : 'groups_remove'
      const some = ids.filter(() => random(2) === 0).reverse()
      return owner.patch(`/contacts/${contact.id}`, { [list]: some })
    })
    for (let at = 0; at < acts.length; at += 30) {
      const answers = await Promise.all(acts.slice(at, at + 30).map((act) => act()))
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200))
    }
    for (const id of ids)
      expect(await count(id)).toBe((await owner.get(`/groups/${id}/count?state=member`)).body.count)
    await Promise.all(people.map((contact) => owner.del(`/contacts/${contact.id}`)))
    for (const id of ids) expect(await count(id)).toBe(0)
  })

  test('what each channel may reach is counted', async () => {
    const group = await add({ name: 'Reach' })
    await person({ email: 'r1@example.org', phone: '+48600400401', groups_add: [group.id] })
    const blocked = await person({ email: 'r2@example.org', groups_add: [group.id] })
    await owner.post(`/contacts/${blocked.id}/unsubscribe`, { channel: 'email' })
    expect((await owner.get(`/groups/${group.id}`)).body.addressable).toEqual({
      email: 1,
      sms: 1,
      push: 0,
      rcs: 1,
    })
  })
})

describe('the end of a group', () => {
  test('archive and restore keep members and count', async () => {
    const group = await add({ name: 'Sleeping' })
    const { id } = await person({ external_id: 'sleeper', groups_add: [group.id] })
    const archived = await owner.post(`/groups/${group.id}/archive`)
    expect(archived.body).toMatchObject({ state: 'archived', member_count: 1 })
    expect((await owner.get('/groups?state=active&q=sleeping')).body.data).toHaveLength(0)
    expect((await owner.patch(`/contacts/${id}`, { groups_add: [group.id] })).status).toBe(422)
    expect((await owner.post(`/groups/${group.id}/members`, { items: [{ contact_id: id }] })).body.code).toBe(
      'group_in_use',
    )
    expect((await owner.post('/groups', { name: 'sleeping' })).body.code).toBe('name_taken')
    const other = await add({ name: 'Taken' })
    expect((await owner.post(`/groups/${group.id}/restore`, { name: 'Taken' })).body.code).toBe('name_taken')
    expect((await owner.post(`/groups/${group.id}/restore`)).body).toMatchObject({
      state: 'active',
      member_count: 1,
    })
    expect((await owner.del(`/groups/${other.id}`)).status).toBe(204)
  })

  test('a group with members is deleted only when archived, and its name is free again', async () => {
    const group = await add({ name: 'Ending' })
    const { id } = await person({ external_id: 'ender', groups_add: [group.id] })
    expect((await owner.del(`/groups/${group.id}`)).body).toMatchObject({ status: 409, code: 'group_in_use' })
    await owner.post(`/groups/${group.id}/archive`)
    expect((await owner.del(`/groups/${group.id}`)).status).toBe(204)
    expect((await owner.get(`/groups/${group.id}`)).status).toBe(404)
    expect((await owner.get(`/contacts/${id}`)).body.groups).toEqual([])
    await add({ name: 'Ending' })
  })

  test('with its contacts go only those who are in no other group', async () => {
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((name) => add({ name: `Overlap ${name}` })))
    const make = (key: string, groups: { id: string }[]) =>
      person({ external_id: `overlap-${key}`, groups_add: groups.map((group) => group.id) })
    const [onlyA, inAB, inAC, inABC, onlyB] = await Promise.all([
      make('a', [a]),
      make('ab', [a, b]),
      make('ac', [a, c]),
      make('abc', [a, b, c]),
      make('b', [b]),
    ])
    await owner.post(`/groups/${a.id}/archive`)
    const started = await owner.del(`/groups/${a.id}?delete_contacts=true`)
    expect(started.status, started.raw).toBe(202)
    expect(await untilDone(started.body.operation_id)).toMatchObject({
      state: 'completed',
      result: { contacts: 1 },
    })
    const statuses = await Promise.all(
      [onlyA, inAB, inAC, inABC, onlyB].map((contact) => owner.get(`/contacts/${contact.id}`)),
    )
    expect(statuses.map((answer) => answer.status)).toEqual([404, 200, 200, 200, 200])
    expect([await count(b.id), await count(c.id)]).toEqual([3, 2])
  })
})
