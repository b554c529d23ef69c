import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aCampaign, aGroup, content } from './test/world.ts'

const { owner, other } = await startTestApp()
const unknownId = '0190a000-0000-7000-8000-0000000000ff'

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
    ['a field of later', { booster: null }, 422, 'validation_failed', '/booster'],
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
