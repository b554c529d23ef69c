import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aCampaign, content } from './test/world.ts'

const { owner, other, nobody } = await startTestApp()
const unknownId = '0190a000-0000-7000-8000-0000000000ff'

describe('the list', () => {
  test('is paged, filtered and sorted without content', async () => {
    const ids: string[] = []
    for (const name of ['List b', 'List a', 'List c%'])
      ids.push(await aCampaign(other, { name, labels: [name] }))
    const [b, a, c] = ids
    const found = async (query: string) => {
      const answer = await other.get(`/campaigns?${query}`)
      expect(answer.status, answer.raw).toBe(200)
      return answer.body.data.map((row: { id: string }) => row.id)
    }
    expect(await found('q=List')).toEqual([c, a, b])
    expect(await found('q=LIST&sort=created_at')).toEqual([b, a, c])
    expect(await found('q=List&sort=name')).toEqual([a, b, c])
    expect(await found('q=List&sort=-name')).toEqual([c, b, a])
    expect(await found('q=%25')).toEqual([c])
    expect(await found('label=List%20a')).toEqual([a])
    expect(await found('q=List&status=sending,paused')).toEqual([])
    expect(await found('q=List&status=draft,paused')).toEqual([c, a, b])
    expect(await found('q=List&created_to=2020-01-01T00:00:00Z')).toEqual([])
    for (const sort of ['-created_at', 'name']) {
      const first = await other.get(`/campaigns?q=List&sort=${sort}&limit=2`)
      expect(first.body).toMatchObject({ has_more: true })
      const rest = await found(`q=List&sort=${sort}&limit=2&cursor=${first.body.next_cursor}`)
      expect([...first.body.data.map((row: { id: string }) => row.id), ...rest].toSorted()).toEqual(
        ids.toSorted(),
      )
    }
    const [row] = (await other.get('/campaigns?q=List&limit=1')).body.data
    expect(row).toMatchObject({ subject: content.subject, counts: { audience: 0 } })
    expect(row).not.toHaveProperty('content')
  })

  test.each([
    ['limit=0', 422],
    ['limit=1001', 422],
    ['status=nope', 422],
    ['sort=subject', 422],
    ['created_from=2026-02-30T00:00:00Z', 422],
    ['sender_id=x', 422],
    ['nope=1', 422],
    ['cursor=xx', 400],
    [`cursor=${Buffer.from('[["x"],"y",1]').toString('base64url')}`, 400],
  ])('refuses %s', async (query, status) => {
    expect((await owner.get(`/campaigns?${query}`)).status).toBe(status)
  })
})

const routes: [string, string, object?][] = [
  ['GET', ''],
  ['PATCH', '', { name: 'x' }],
  ['DELETE', ''],
  ['POST', '/duplicate', {}],
  ['POST', '/preflight', {}],
  ['GET', '/preview'],
  ['POST', '/test', { to: ['a@example.org'] }],
  ['POST', '/count', {}],
  ['GET', '/audience-sample'],
  ['POST', '/missing-values', {}],
]
describe.each(routes)('%s /campaigns/{id}%s', (method, path, body) => {
  const call = (client: typeof owner, id: string) =>
    client.send({
      method: method as 'GET',
      url: `/api/v1/campaigns/${id}${path}`,
      ...(body ? { payload: body } : {}),
    })

  test('knows no campaign of another account', async () => {
    const id = await aCampaign(owner)
    const foreign = await call(other, id)
    const missing = await call(other, unknownId)
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found'])
    expect({ ...missing.body, request_id: '' }).toEqual({ ...foreign.body, request_id: '' })
    expect((await owner.get(`/campaigns/${id}`)).status).toBe(200)
  })

  test('asks for a session', async () => {
    expect((await call(nobody, unknownId)).status).toBe(401)
  })

  test('refuses an id that is none', async () => {
    expect((await call(owner, 'x')).status).toBe(422)
  })
})
