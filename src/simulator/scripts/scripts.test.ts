import { describe, expect, test } from 'vitest'
import type { RenderedMessage } from '../../channels/channel.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { startTestApp } from '../../test/app.ts'
import { behaviourFor } from './behaviour.ts'

const app = await startTestApp()
const { owner, other, nobody, staff, deps, accountId, otherAccountId } = app
const path = '/simulator/scripts'
const rule = (given: object = {}) => ({
  match: { address: '*@Example.com' },
  outcome: { class: 'hard', rate: 0.1, latency_ms: 20 },
  seed: 7,
  ...given,
})

test('a rule is made, read, changed and removed', async () => {
  const made = await owner.post(path, rule({ name: 'Some bounce' }))
  expect(made.status, made.raw).toBe(201)
  expect(made.body).toMatchObject({
    version: 1,
    name: 'Some bounce',
    enabled: true,
    match: { address: '*@example.com', domain: null, campaign_id: null },
    outcome: { class: 'hard', rate: 0.1, latency_ms: 20 },
    seed: 7,
  })
  const at = `${path}/${made.body.id}`
  expect((await owner.get(at)).body).toEqual(made.body)
  const changed = await owner.patch(at, { outcome: { rate: 1 }, enabled: false, seed: 'autumn' })
  expect(changed.body).toMatchObject({
    version: 2,
    enabled: false,
    match: { address: '*@example.com' },
    outcome: { class: 'hard', rate: 1, latency_ms: 20 },
    seed: 'autumn',
  })
  expect((await owner.patch(at, { enabled: true }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await owner.del(at)).status).toBe(204)
  expect((await owner.get(at)).status).toBe(404)
})

test('what is left out has a plain meaning', async () => {
  const { body } = await owner.post(path, { match: { domain: 'Example.ORG' }, outcome: { class: 'open' } })
  expect(body).toMatchObject({
    name: null,
    match: { domain: 'example.org' },
    outcome: { class: 'open', rate: 1, latency_ms: 0 },
    seed: 1,
  })
  await owner.del(`${path}/${body.id}`)
})

test.each([
  ['nobody', { match: {} }],
  ['nobody in so many words', { match: { address: null, domain: null } }],
  ['two words', { match: { address: 'a b' } }],
  ['a domain with an @', { match: { domain: 'a@b.test' } }],
  ['an unknown class', { outcome: { class: 'explode' } }],
  ['no class', { outcome: { rate: 1 } }],
  ['more than everybody', { outcome: { class: 'hard', rate: 1.01 } }],
  ['less than nobody', { outcome: { class: 'hard', rate: -0.01 } }],
  ['an answer after more than a minute', { outcome: { class: 'hard', latency_ms: 60_001 } }],
  ['an act after more than a week', { outcome: { class: 'complain', latency_ms: 604_800_001 } }],
  ['half a millisecond', { outcome: { class: 'hard', latency_ms: 0.5 } }],
  ['an unknown member', { match: { address: '*', subject: 'x' } }],
  ['a seed that is no number and no text', { seed: {} }],
  ['a campaign that is no id', { match: { campaign_id: 'x' } }],
])('a rule about %s is refused', async (_name, given) => {
  const { status, body } = await owner.post(path, rule(given))
  expect([status, body.code]).toEqual([422, 'validation_failed'])
})

test('an act may wait for days, an answer may not become as slow by a change', async () => {
  const slow = rule({ outcome: { class: 'complain', latency_ms: 604_800_000 } })
  const { status, body } = await owner.post(path, slow)
  expect(status).toBe(201)
  expect((await owner.patch(`${path}/${body.id}`, { outcome: { class: 'hard' } })).status).toBe(422)
  await owner.del(`${path}/${body.id}`)
})

describe('a rule of another account', async () => {
  const { body } = await other.post(path, rule())
  test.each(['get', 'patch', 'del'] as const)('is not there to %s', async (act) => {
    expect((await owner[act](`${path}/${body.id}`)).status).toBe(404)
    expect((await nobody[act](`${path}/${body.id}`)).status).toBe(401)
  })
  test('says nothing about own recipients', async () => {
    expect((await behaviourOf('eve@example.com')).answer).toBe('ok')
  })
})

test('staff has no recipients and no rules', async () => {
  expect((await staff.get(path)).status).toBe(403)
  expect((await staff.post(path, rule())).status).toBe(403)
})

const behaviourOf = async (recipient: string, given: Partial<RenderedMessage> = {}) => {
  const message: RenderedMessage = {
    messageId: uuidV7(deps.clock.now()),
    accountId,
    sourceId: uuidV7(deps.clock.now()),
    origin: 'campaign',
    recipient,
    envelopeFrom: 'a@b.test',
    raw: Buffer.alloc(0),
    ...given,
  }
  return (await behaviourFor(deps)([message]))(message)
}

test('rules are asked in the order of their making, and only while they are on', async () => {
  const ids: string[] = []
  for (const word of ['spam', 'hard']) {
    const { body } = await owner.post(path, rule({ outcome: { class: word } }))
    ids.push(body.id)
  }
  const listed = await owner.get(`${path}?limit=1`)
  expect([listed.body.data[0].id, listed.body.has_more]).toEqual([ids[0], true])
  const rest = await owner.get(`${path}?limit=1&cursor=${listed.body.next_cursor}`)
  expect(rest.body.data[0].id).toBe(ids[1])
  expect((await behaviourOf('eve@example.com')).answer).toBe('spam')
  await owner.patch(`${path}/${ids[0]}`, { enabled: false })
  expect((await behaviourOf('eve@example.com')).answer).toBe('hard')
  expect((await behaviourOf('eve@example.com', { accountId: otherAccountId })).answer).not.toBe('spam')
  for (const id of ids) await owner.del(`${path}/${id}`)
})

test('a hundred rules are enough, however many are made at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 110 }, () => owner.post(path, rule({ outcome: { class: 'ok' } }))),
  )
  const made = answers.filter(({ status }) => status === 201)
  expect(made).toHaveLength(100)
  expect(answers.find(({ status }) => status !== 201)?.body).toMatchObject({
    status: 403,
    code: 'limit_reached',
    limit: 100,
  })
  for (const { body } of made) await owner.del(`${path}/${body.id}`)
})
