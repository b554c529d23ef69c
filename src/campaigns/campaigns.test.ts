import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aCampaign, aGroup, aReadyCampaign, content } from './test/world.ts'

const app = await startTestApp()
const { owner, other, nobody } = app
const unknownId = '0190a000-0000-7000-8000-0000000000ff'

describe('a draft', () => {
  test('is made with the defaults of the specification', async () => {
    const answer = await owner.post('/campaigns', { channel: 'email', name: '  Spring  ' })
    expect(answer.status).toBe(201)
    expect(answer.headers['location']).toBe(`/api/v1/campaigns/${answer.body.id}`)
    expect(answer.headers['etag']).toBe('"1"')
    expect(answer.body).toMatchObject({
      name: 'Spring',
      channel: 'email',
      type: 'normal',
      status: 'draft',
      content: null,
      content_revision: 0,
      sender_id: null,
      created_by: { id: app.ownerId, name: 'Test User' },
      audience: {
        group_ids: [],
        segment_ids: [],
        exclude_group_ids: [],
        exclude_segment_ids: [],
        exclude_without_consent: false,
      },
      labels: [],
      throttle_per_hour: null,
      max_lateness_minutes: 60,
      uncertain_policy: 'rather_miss',
      hold_minutes: 0,
      planned_at: null,
      preflight: null,
      approval_id: null,
      in_flight: 0,
    })
    expect(answer.body.sender).not.toBeNull()
    expect(Object.values(answer.body.counts)).toEqual(Array(9).fill(0))
    expect((await owner.get(`/campaigns/${answer.body.id}`)).body).toEqual(answer.body)
  })

  test('keeps HTML and text as typed and fills the other members of its content', async () => {
    const given = { subject: 'S', html: '  <p>\r\n\tżółw </p>\n', text: ' a \n' }
    const answer = await owner.post('/campaigns', { channel: 'email', name: 'C', content: given })
    expect(answer.body.content).toEqual({
      ...given,
      preheader: '',
      reply_to: null,
      from_name: null,
      tracking: { opens: true, clicks: true, anonymous: false },
      utm: null,
      on_missing: 'empty',
      web_version: true,
    })
    expect(answer.body.content_revision).toBe(1)
  })

  test('may hold a broken template until it is launched', async () => {
    await aCampaign(owner, { content: { subject: '{{ x', html: '{% if %}' } })
  })

  test('changes member by member, with a revision for each change of content alone', async () => {
    const group = await aGroup(owner)
    const id = await aCampaign(owner)
    const first = await owner.patch(`/campaigns/${id}`, { name: 'New', audience: { group_ids: [group] } })
    expect(first.body).toMatchObject({ name: 'New', content_revision: 1, version: 2 })
    const second = await owner.patch(`/campaigns/${id}`, {
      content: { subject: 'Other', tracking: { opens: false }, utm: { source: 'n' } },
    })
    expect(second.body.content).toMatchObject({
      subject: 'Other',
      html: content.html,
      tracking: { opens: false, clicks: true, anonymous: false },
      utm: { source: 'n', medium: '', campaign: '', content: '' },
    })
    expect(second.body.content_revision).toBe(2)
    const same = await owner.patch(`/campaigns/${id}`, { content: { subject: 'Other' } })
    expect(same.body.content_revision).toBe(2)
    const cleared = await owner.patch(`/campaigns/${id}`, {
      content: { utm: null },
      audience: { exclude_group_ids: [group] },
    })
    expect(cleared.body.content.utm).toBeNull()
    expect(cleared.body.audience).toMatchObject({ group_ids: [group], exclude_group_ids: [group] })
  })

  test('is changed and deleted in the version that was seen only', async () => {
    const id = await aCampaign(owner)
    const stale = { 'if-match': '"9"' }
    expect((await owner.patch(`/campaigns/${id}`, { name: 'x' }, stale)).body.code).toBe('version_conflict')
    expect((await owner.del(`/campaigns/${id}`, stale)).status).toBe(412)
    expect(
      (await owner.patch(`/campaigns/${id}`, { name: 'x' }, { 'if-match': '"1"' })).headers['etag'],
    ).toBe('"2"')
    expect((await owner.del(`/campaigns/${id}`, { 'if-match': '"2"' })).status).toBe(204)
    expect((await owner.get(`/campaigns/${id}`)).status).toBe(404)
  })

  test('is copied without its time and its external id', async () => {
    const id = await aCampaign(owner, {
      external_id: 'ext-1',
      labels: ['a'],
      description: 'd',
      throttle_per_hour: 60,
    })
    const copy = await owner.post(`/campaigns/${id}/duplicate`)
    expect(copy.status).toBe(201)
    expect(copy.headers['location']).toBe(`/api/v1/campaigns/${copy.body.id}`)
    const original = (await owner.get(`/campaigns/${id}`)).body
    expect(copy.body).toMatchObject({
      name: `${original.name} (copy)`,
      external_id: null,
      labels: ['a'],
      description: 'd',
      throttle_per_hour: 60,
      content: original.content,
      content_revision: 1,
      status: 'draft',
    })
    expect((await owner.post(`/campaigns/${id}/duplicate`, { name: 'Mine' })).body.name).toBe('Mine')
    const long = await aCampaign(owner, { name: 'ż'.repeat(150) })
    expect([...(await owner.post(`/campaigns/${long}/duplicate`)).body.name]).toHaveLength(150)
  })
})

describe('bad input is refused and names its place:', () => {
  const tooWide = Array.from(
    { length: 51 },
    (_, index) => `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  )
  test.each<[string, object, number, string, string?]>([
    ['no name', { name: undefined }, 422, 'validation_failed', '/name'],
    ['a blank name', { name: '   ' }, 422, 'validation_failed', '/name'],
    ['a long name', { name: 'x'.repeat(151) }, 422, 'validation_failed', '/name'],
    ['half a surrogate pair', { name: '\ud800' }, 422, 'validation_failed', '/name'],
    ['another channel', { channel: 'fax' }, 422, 'validation_failed', '/channel'],
    ['an A/B test', { type: 'ab' }, 422, 'validation_failed', '/type'],
    ['a field of later', { canary: null }, 422, 'validation_failed', '/canary'],
    [
      'an unknown field',
      { content: { subject: 's', html: 'h', nope: 1 } },
      422,
      'validation_failed',
      '/content/nope',
    ],
    [
      'another source',
      { content: { subject: 's', mjml: '<mjml>' } },
      422,
      'validation_failed',
      '/content/mjml',
    ],
    ['no source', { content: { subject: 's' } }, 422, 'exactly_one_content_source'],
    ['null as source', { content: { subject: 's', html: null } }, 422, 'exactly_one_content_source'],
    ['no subject', { content: { html: 'h' } }, 422, 'validation_failed', '/content/subject'],
    [
      'an empty subject',
      { content: { subject: '', html: 'h' } },
      422,
      'validation_failed',
      '/content/subject',
    ],
    [
      'a long subject',
      { content: { subject: 'x'.repeat(501), html: 'h' } },
      422,
      'validation_failed',
      '/content/subject',
    ],
    [
      'a long preheader',
      { content: { ...content, preheader: 'x'.repeat(251) } },
      422,
      'validation_failed',
      '/content/preheader',
    ],
    [
      'NUL in HTML',
      { content: { subject: 's', html: 'a\u0000' } },
      422,
      'validation_failed',
      '/content/html',
    ],
    [
      'HTML that is a number',
      { content: { subject: 's', html: 5 } },
      422,
      'validation_failed',
      '/content/html',
    ],
    [
      'HTML of 500,001 characters',
      { content: { subject: 's', html: 'x'.repeat(500_001) } },
      422,
      'validation_failed',
      '/content/html',
    ],
    [
      'a bad reply address',
      { content: { ...content, reply_to: 'nobody' } },
      422,
      'validation_failed',
      '/content/reply_to',
    ],
    [
      'a choice off the list',
      { content: { ...content, on_missing: 'explode' } },
      422,
      'validation_failed',
      '/content/on_missing',
    ],
    ['59 per hour', { throttle_per_hour: 59 }, 422, 'throttle_out_of_range'],
    ['200,001 per hour', { throttle_per_hour: 200_001 }, 422, 'throttle_out_of_range'],
    ['1e300 per hour', { throttle_per_hour: 1e300 }, 422, 'throttle_out_of_range'],
    ['4 minutes', { max_lateness_minutes: 4 }, 422, 'validation_failed', '/max_lateness_minutes'],
    ['61 minutes', { hold_minutes: 61 }, 422, 'validation_failed', '/hold_minutes'],
    [
      '11 labels',
      { labels: Array.from({ length: 11 }, (_, i) => `l${i}`) },
      422,
      'validation_failed',
      '/labels',
    ],
    ['a malformed external id', { external_id: 'a b' }, 422, 'validation_failed', '/external_id'],
    ['a malformed language', { language: 'deutsch!' }, 422, 'validation_failed', '/language'],
    [
      'an unknown group',
      { audience: { group_ids: [unknownId] } },
      422,
      'validation_failed',
      '/audience/group_ids/0',
    ],
    [
      'an unknown excluded group',
      { audience: { exclude_group_ids: [unknownId] } },
      422,
      'validation_failed',
      '/audience/exclude_group_ids/0',
    ],
    ['51 groups', { audience: { group_ids: tooWide } }, 422, 'validation_failed', '/audience/group_ids'],
    [
      'a segment',
      { audience: { segment_ids: [unknownId] } },
      422,
      'validation_failed',
      '/audience/segment_ids',
    ],
    ['no id', { sender_id: 'x' }, 422, 'validation_failed', '/sender_id'],
    ['an unknown sender', { sender_id: unknownId }, 422, 'validation_failed', '/sender_id'],
    ['an unknown topic', { topic_id: unknownId }, 422, 'validation_failed', '/topic_id'],
  ])('%s', async (_case, given, status, code, pointer) => {
    const answer = await owner.post('/campaigns', { channel: 'email', name: 'C', ...given })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    if (pointer)
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  })

  test('a private group as topic, while a public one is taken', async () => {
    const topic_id = await aGroup(owner)
    expect((await owner.post('/campaigns', { channel: 'email', name: 'C', topic_id })).status).toBe(422)
    const open = await aGroup(owner, { visibility: 'public', description: 'News', public_texts: {} })
    expect((await owner.get(`/campaigns/${await aCampaign(owner, { topic_id: open })}`)).body.topic_id).toBe(
      open,
    )
  })

  test('an external id twice, also when both come at once', async () => {
    await aCampaign(owner, { external_id: 'once' })
    const second = await owner.post('/campaigns', { channel: 'email', name: 'C', external_id: 'once' })
    expect([second.status, second.body.code]).toEqual([409, 'duplicate_external_id'])
    const race = await Promise.all(
      [1, 2].map(() => owner.post('/campaigns', { channel: 'email', name: 'C', external_id: 'race' })),
    )
    expect(race.map((answer) => answer.status).toSorted()).toEqual([201, 409])
    const id = await aCampaign(owner)
    expect((await owner.patch(`/campaigns/${id}`, { external_id: 'once' })).body.code).toBe(
      'duplicate_external_id',
    )
    await aCampaign(other, { external_id: 'once' })
  })
})

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

describe('a scheduled campaign', () => {
  test('becomes a draft again when it is edited', async () => {
    const id = await aReadyCampaign(owner)
    const planned_at = new Date(app.deps.clock.now().getTime() + 3_600_000).toISOString()
    const scheduled = await owner.post(`/campaigns/${id}/schedule`, { planned_at })
    expect(scheduled.status, scheduled.raw).toBe(200)
    expect(scheduled.body.status).toBe('scheduled')
    expect((await owner.del(`/campaigns/${id}`)).body).toMatchObject({
      code: 'campaign_state_conflict',
      current_status: 'scheduled',
    })
    const edited = await owner.patch(`/campaigns/${id}`, { content: { subject: 'Changed' } })
    expect(edited.body).toMatchObject({ status: 'draft', planned_at: null, content_revision: 2 })
  })
})

describe('a paused campaign', () => {
  test('takes new content alone, and only such as can be sent', async () => {
    const id = await aReadyCampaign(owner)
    expect((await owner.post(`/campaigns/${id}/send`)).status).toBe(200)
    expect((await owner.patch(`/campaigns/${id}`, { name: 'x' })).body).toMatchObject({
      code: 'campaign_state_conflict',
      current_status: 'preparing',
    })
    expect((await owner.post(`/campaigns/${id}/pause`)).body.status).toBe('paused')
    expect((await owner.patch(`/campaigns/${id}`, { name: 'x' })).body.code).toBe('campaign_state_conflict')
    const broken = await owner.patch(`/campaigns/${id}`, { content: { html: '<p>\n{{ x | nope }}</p>' } })
    expect([broken.status, broken.body.code, broken.body.line, broken.body.column]).toEqual([
      422,
      'template_error',
      2,
      1,
    ])
    const evil = await owner.patch(`/campaigns/${id}`, { content: { html: '<script></script>' } })
    expect(evil.body).toMatchObject({ code: 'preflight_failed', checks: [{ code: 'dangerous_html' }] })
    const fixed = await owner.patch(`/campaigns/${id}`, { content: { subject: 'Corrected' } })
    expect(fixed.body).toMatchObject({
      status: 'paused',
      content_revision: 2,
      content: { subject: 'Corrected' },
    })
    const journal = (await owner.get(`/campaigns/${id}/journal`)).body.data
    expect(journal.at(-1)).toMatchObject({ kind: 'content_changed', detail: { revision: 2 } })
    expect((await owner.del(`/campaigns/${id}`)).status).toBe(409)
  })
})
