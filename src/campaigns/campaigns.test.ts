import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aCampaign, aGroup, aReadyCampaign, content } from './test/world.ts'

const app = await startTestApp()
const { owner } = app

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
