import { describe, expect, it } from 'vitest'
import { recordProviderResult } from '../../providers/index.ts'
import { startTestApp } from '../../test/app.ts'
import { answering, campaignOf, figuresOf, hard, people, sendingWith } from '../test/sending.ts'
import { findBroken } from './judge.ts'
import { countFirst, wholeCanary } from './settings.ts'

const app = await startTestApp()
const canary = wholeCanary({})

describe('the first messages', () => {
  it.each([
    [200, 1, null],
    [201, 1, 200],
    [20_000, 1, 200],
    [20_001, 1, 201],
    [500_000, 1, 5_000],
    [5_000_000, 1, 5_000],
    [1_000, 50, 500],
  ])('of %i at %i %% are %s', (planned, percent, expected) => {
    expect(countFirst(wholeCanary({ percent }), planned)).toBe(expected)
  })

  const none = { waiting: 0, hard_bounce: 0, block: 0, complaint: 0, uncertain: 0 }
  it.each([
    ['nothing while answers are few', { total: 200, answered: 3, hard_bounce: 3 }, false, null],
    ['no limit that is just reached', { total: 200, answered: 200, hard_bounce: 10 }, true, null],
    ['one bounce above it', { total: 200, answered: 200, hard_bounce: 11 }, true, 'hard_bounce'],
    [
      'a limit that cannot hold any more, at once',
      { total: 200, answered: 20, hard_bounce: 11 },
      false,
      'hard_bounce',
    ],
    ['one complaint of 200', { total: 200, answered: 200, complaint: 1 }, true, 'complaint'],
    ['blocks', { total: 1_000, answered: 1_000, block: 51 }, true, 'block'],
    ['answers that were lost', { total: 1_000, answered: 1_000, uncertain: 11 }, true, 'uncertain'],
  ])('break %s', (_, seen, ended, figure) => {
    expect(findBroken(canary, { ...none, ...seen }, ended)?.figure ?? null).toBe(figure)
  })
})

describe('a run with a canary', () => {
  const addresses = people('ok', 260)

  it('lets the first go, waits, then sends the rest', async () => {
    const sending = sendingWith(app, answering({}))
    const id = await sending.start(addresses, { canary })
    expect(await campaignOf(app, id)).toMatchObject({ status: 'testing', canary: { percent: 1 } })
    await sending.drain(id)
    expect(await figuresOf(app, id)).toMatchObject({ accepted: 200, planned: 60 })
    await sending.sweep()
    expect((await campaignOf(app, id)).canary_until).not.toBeNull()
    await app.advance(14 * 60)
    await sending.sweep()
    await sending.drain(id)
    expect(await figuresOf(app, id)).toMatchObject({ accepted: 200, planned: 60 })
    await app.advance(61)
    await sending.sweep()
    expect(await campaignOf(app, id)).toMatchObject({ status: 'sending', canary_until: null })
    await sending.drain(id)
    await sending.sweep()
    expect(await campaignOf(app, id)).toMatchObject({ status: 'finished', counts: { accepted: 260 } })
  })

  it('stops when a limit breaks, says which with an example, and goes on when a person says so', async () => {
    const sending = sendingWith(app, answering({ bad: hard }))
    const mixed = [...people('bad', 52), ...people('fine', 208)]
    const id = await sending.start(mixed, { canary })
    await sending.drain(id)
    await sending.sweep()
    const paused = await campaignOf(app, id)
    expect(paused).toMatchObject({
      status: 'paused',
      status_reason: 'canary_limit',
      status_detail: { figure: 'hard_bounce', limit: 5, example: { code: '550' } },
    })
    expect(paused.status_detail.share).toBeGreaterThan(5)
    expect(paused.status_detail.example.text).not.toContain('somebody@else.example')
    expect(await figuresOf(app, id)).toMatchObject({ planned: 60, pending: 60 })
    const resumed = await app.owner.post(`/campaigns/${id}/resume`)
    expect(resumed.body).toMatchObject({ status: 'sending', status_detail: null })
    await sending.drain(id)
    await sending.sweep()
    expect(await campaignOf(app, id)).toMatchObject({ status: 'finished', counts: { rejected: 52 } })
  })

  it('stays in it over a pause, and is canceled with the rest', async () => {
    const sending = sendingWith(app, answering({}))
    const id = await sending.start(people('held', 260), { canary })
    await app.owner.post(`/campaigns/${id}/pause`)
    await sending.drain(id)
    expect(await figuresOf(app, id)).toMatchObject({ planned: 260 })
    expect((await app.owner.post(`/campaigns/${id}/resume`)).body.status).toBe('testing')
    await sending.drain(id)
    await app.owner.post(`/campaigns/${id}/cancel`)
    expect(await figuresOf(app, id)).toMatchObject({
      accepted: 200,
      suppressed_by_reason: { canceled: 60 },
      balanced: true,
    })
  })

  it('too small to have a rest is sent at once', async () => {
    const id = await sendingWith(app, answering({})).start(people('few', 200), { canary })
    expect((await campaignOf(app, id)).status).toBe('sending')
  })
})

describe('a run that goes wrong', () => {
  it('pauses above a fifth of refusals, and counts anew from its resumption', async () => {
    const sending = sendingWith(app, answering({ gone: hard }))
    const id = await sending.start([...people('gone', 201), ...people('good', 20)])
    await sending.drain(id)
    await sending.sweep()
    expect(await campaignOf(app, id)).toMatchObject({
      status: 'paused',
      status_reason: 'error_rate',
      status_detail: { limit: 20, example: { code: '550' } },
    })
    const { data } = (await app.owner.get(`/campaigns/${id}/journal`)).body
    expect(JSON.stringify(data)).not.toContain('somebody@else.example')
    await app.owner.post(`/campaigns/${id}/resume`)
    await sending.sweep()
    expect((await campaignOf(app, id)).status).toBe('finished')
  })

  it('does not pause for a fifth exactly, nor for answers that come later', async () => {
    const sending = sendingWith(
      app,
      answering({ no: hard, wait: { kind: 'temporary', code: '451', text: '' } }),
    )
    const id = await sending.start([...people('no', 200), ...people('wait', 300), ...people('yes', 10)])
    await sending.drain(id)
    await sending.sweep()
    expect((await campaignOf(app, id)).status).toBe('sending')
  })

  it('pauses when its provider has been away for ten minutes, and cannot go on while it is', async () => {
    const relay = (
      await app.owner.post('/sending/providers', {
        channel: 'email',
        kind: 'smtp',
        name: 'Away',
        config: { host: '127.0.0.1', port: 2525, tls: 'none' },
      })
    ).body
    const [route] = (await app.owner.get('/sending/routes')).body.data
    await app.owner.patch(`/sending/routes/${route.id}`, { providers: [{ provider_id: relay.id }] })
    const fail = async (times: number) => {
      for (let turn = 0; turn < times; turn += 1)
        await recordProviderResult(app.deps, app.accountId, relay.id, 'failed')
    }
    await fail(5)
    const sending = sendingWith(app, answering({}))
    const id = await sending.start(people('calm', 3))
    await sending.sweep()
    await app.advance(599)
    await fail(1)
    await sending.sweep()
    expect((await campaignOf(app, id)).status).toBe('sending')
    await app.advance(3)
    await fail(1)
    await sending.sweep()
    const paused = await campaignOf(app, id)
    expect(paused).toMatchObject({ status: 'paused', status_reason: 'provider_down' })
    expect(paused.status_detail.next_at).not.toBeNull()
    const refused = await app.owner.post(`/campaigns/${id}/resume`)
    expect([refused.status, refused.body.code]).toEqual([409, 'cause_still_present'])
    await recordProviderResult(app.deps, app.accountId, relay.id, 'answered')
    expect((await app.owner.post(`/campaigns/${id}/resume`)).body.status).toBe('sending')
  })
})
