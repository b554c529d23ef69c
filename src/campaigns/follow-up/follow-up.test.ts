import { type RawBuilder, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf } from '../../test/run.ts'
import { planCampaign } from '../run/plan.ts'
import { answering, campaignOf, figuresOf, hard, people, sendingWith, soft } from '../test/sending.ts'
import { aCampaign, aContact, aGroup } from '../test/world.ts'

const app = await startTestApp()
const { owner, other, nobody, accountId } = app
const sending = sendingWith(app, answering({ hard, soft, lost: null }))
const planned = async (id: string) => {
  await inAccount(app.db, accountId, (trx) =>
    sql`update campaigns set status = 'preparing', run_month = date_trunc('month', app_now() at time zone 'UTC')::date,
      started_at = app_now(), planning_cursor = null where account_id = ${accountId} and id = ${id}`.execute(
      trx,
    ),
  )
  await planCampaign(app.deps, { account_id: accountId, id })
}
const addressesOf = async (id: string): Promise<string[]> =>
  (await owner.get(`/campaigns/${id}/messages?limit=1000`)).body.data
    .map((row: { address: string }) => row.address.replace(/@.*/, ''))
    .toSorted()
const follow = (id: string, states: string[], given: object = {}) =>
  owner.post(`/campaigns/${id}/follow-up`, { states, ...given })

describe('a campaign to those not reached', () => {
  it('holds exactly the contacts without an accepted message of a canceled run', async () => {
    const id = await sending.start([...people('ok', 3), ...people('hard', 1), ...people('soft', 1)])
    await sending.drain(id)
    const rest = await sending.start(people('ok', 4))
    await owner.post(`/campaigns/${rest}/cancel`)
    await owner.post(`/campaigns/${id}/cancel`)
    const made = await follow(rest, ['canceled'])
    expect([made.status, made.body.status, made.body.parent_campaign_id]).toEqual([201, 'draft', rest])
    expect(made.body.follow_up).toEqual({ states: ['canceled'] })
    await planned(made.body.id)
    expect(await addressesOf(made.body.id)).toEqual(['ok0', 'ok1', 'ok2', 'ok3'])
    const missed = await follow(id, ['rejected', 'canceled', 'soft_bounce', 'expired'])
    await planned(missed.body.id)
    expect(await addressesOf(missed.body.id)).toEqual(['hard0', 'soft0'])
    const softly = await follow(id, ['soft_bounce'])
    await planned(softly.body.id)
    expect(await addressesOf(softly.body.id)).toEqual(['soft0'])
  })

  it('leaves out whose message was accepted meanwhile, by the run or by a follow-up before', async () => {
    const id = await sending.start([...people('lost', 2), ...people('ok', 1)])
    await sending.drain(id)
    await owner.post(`/campaigns/${id}/cancel`)
    const first = await follow(id, ['uncertain'], { accept_duplicates: true })
    const second = await follow(id, ['uncertain'], { accept_duplicates: true })
    expect((await owner.post(`/campaigns/${first.body.id}/count`)).body.audience).toBe(2)
    const [row] = (await owner.get(`/campaigns/${id}/messages?state=uncertain`)).body.data
    await owner.post(`/campaigns/${id}/uncertain/resolve`, {
      action: 'mark_accepted',
      filter: { message_ids: [row.message_id] },
      reason: 'seen in its log',
    })
    expect((await owner.post(`/campaigns/${first.body.id}/count`)).body.audience).toBe(1)
    await planned(first.body.id)
    await sendingWith(app, answering({})).drain(first.body.id)
    expect(await figuresOf(app, first.body.id)).toMatchObject({ audience: 1, accepted: 1 })
    expect((await owner.post(`/campaigns/${second.body.id}/count`)).body.audience).toBe(0)
  })

  it('to uncertain ones wants to hear that some may be reached twice', async () => {
    const id = await sending.start(people('lost', 1))
    await owner.post(`/campaigns/${id}/cancel`)
    expect((await follow(id, ['uncertain'])).body.errors).toMatchObject([{ pointer: '/accept_duplicates' }])
    expect((await follow(id, ['uncertain'], { accept_duplicates: false })).status).toBe(422)
    expect((await follow(id, [])).status).toBe(422)
  })

  it('is made of a run that is over, in its own account', async () => {
    const id = await sending.start(people('ok', 1))
    expect((await follow(id, ['canceled'])).body.code).toBe('campaign_state_conflict')
    expect((await other.post(`/campaigns/${id}/follow-up`, { states: ['canceled'] })).status).toBe(404)
    expect((await nobody.post(`/campaigns/${id}/follow-up`, { states: ['canceled'] })).status).toBe(401)
  })
})

describe('an audience', () => {
  it('may be a random part, the same in the preview and in the run', async () => {
    const id = await sending.start(people('ok', 50), { audience: { sample: { count: 20 } } })
    expect(await figuresOf(app, id)).toMatchObject({ audience: 20 })
    const share = await sending.start(people('ok', 50), { audience: { sample: { percent: 5 } } })
    expect(await figuresOf(app, share)).toMatchObject({ audience: 3 })
    const whole = await sending.start(people('ok', 5), { audience: { sample: { count: 20 } } })
    expect(await figuresOf(app, whole)).toMatchObject({ audience: 5 })
  })

  it('keeps out a share to compare with, which has its rows and no message', async () => {
    const id = await sending.start(people('ok', 40), { audience: { holdout_percent: 20 } })
    await sending.drain(id)
    expect(await figuresOf(app, id)).toMatchObject({
      audience: 40,
      accepted: 32,
      suppressed_by_reason: { holdout: 8 },
      balanced: true,
    })
  })

  it('shows the kept ones and the sample before the start', async () => {
    const group = await aGroup(owner)
    for (let n = 0; n < 10; n += 1) await aContact(owner, { first_name: `P${n}`, groups_add: [group] })
    const id = await aCampaign(owner, {
      audience: { group_ids: [group], sample: { percent: 50 }, holdout_percent: 20 },
    })
    const count = await owner.post(`/campaigns/${id}/count`)
    expect(count.body).toMatchObject({ audience: 5, reachable: 4, suppressed_by_reason: { holdout: 1 } })
    expect((await owner.post(`/campaigns/${id}/count`)).body).toMatchObject({ audience: 5, reachable: 4 })
  })

  it('may be narrowed to people who reacted lately', async () => {
    const group = await aGroup(owner)
    const ids = []
    for (let n = 0; n < 3; n += 1)
      ids.push(await aContact(owner, { first_name: `E${n}`, groups_add: [group] }))
    const id = await aCampaign(owner, { audience: { group_ids: [group], engaged_days: 30 } })
    const seen = (contact: string | undefined, days: number) =>
      inAccount(app.db, accountId, (trx) =>
        sql`insert into tracking_hits (account_id, id, campaign_id, message_id, contact_id, kind, method, at)
          values (${accountId}, uuid_v7(), ${id}, uuid_v7(), ${contact}, 'open', 'GET', app_now() - make_interval(days => ${days}))`.execute(
          trx,
        ),
      )
    await seen(ids[0], 29)
    await seen(ids[1], 31)
    expect((await owner.post(`/campaigns/${id}/count`)).body.audience).toBe(1)
  })

  it.each([
    [{ sample: { count: 0 } }],
    [{ sample: { percent: 101 } }],
    [{ sample: { count: 5, percent: 5 } }],
    [{ holdout_percent: 21 }],
    [{ engaged_days: 0 }],
  ])('cannot be %j', async (audience) => {
    const refused = await owner.post('/campaigns', { channel: 'email', name: 'Refused', audience })
    expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed'])
  })
})

describe('settings of a campaign', () => {
  it('keep windows, canary and policy as given, with defaults for the rest', async () => {
    const windows = [{ weekdays: [1, 2], from: '08:00', to: '21:00', zone: 'contact' }]
    const id = await aCampaign(owner, {
      windows,
      canary: { limits: { block: 2.5 } },
      uncertain_policy: 'rather_repeat',
      hold_minutes: 10,
      max_lateness_minutes: 5,
      fallback: null,
    })
    expect(await campaignOf(app, id)).toMatchObject({
      windows,
      canary: {
        percent: 1,
        wait_minutes: 15,
        limits: { hard_bounce: 5, block: 2.5, complaint: 0.1, uncertain: 1 },
      },
      uncertain_policy: 'rather_repeat',
      fallback: null,
    })
    const off = await owner.patch(`/campaigns/${id}`, { canary: null, windows: [] })
    expect(off.body).toMatchObject({ canary: null, windows: [] })
  })

  it.each([
    [{ windows: [{ weekdays: [0], from: '08:00', to: '09:00', zone: 'account' }] }],
    [{ windows: [{ weekdays: [], from: '08:00', to: '09:00', zone: 'account' }] }],
    [{ windows: [{ weekdays: [1], from: '8:00', to: '09:00', zone: 'account' }] }],
    [{ windows: [{ weekdays: [1], from: '08:00', to: '08:00', zone: 'account' }] }],
    [{ windows: [{ weekdays: [1], from: '08:00', to: '25:00', zone: 'account' }] }],
    [{ windows: [{ weekdays: [1], from: '08:00', to: '09:00', zone: 'mine' }] }],
    [{ canary: { wait_minutes: 4 } }],
    [{ canary: { wait_minutes: 241 } }],
    [{ canary: { limits: { bounce: 1 } } }],
    [{ fallback: { rungs: [] } }],
    [{ uncertain_policy: 'never' }],
  ])('cannot be %j', async (given) => {
    const refused = await owner.post('/campaigns', { channel: 'email', name: 'Refused', ...given })
    expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed'])
  })
})

describe('a run with sending windows', () => {
  it('sends to each while it is open where he lives, and names what it waits for', async () => {
    const windows = [
      { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00', zone: 'contact' as const },
    ]
    const noon = new Date(app.deps.clock.now())
    noon.setUTCHours(36, 0, 0, 0)
    await app.advance(Math.ceil((noon.getTime() - app.deps.clock.now().getTime()) / 1_000))
    // More than one claim takes at once: those beyond it wait without being claimed.
    const id = await sending.start([...people('ok', 2), ...people('beyond', 1_500)], { windows })
    const inSql = <T>(statement: RawBuilder<T>) =>
      inAccount(app.db, accountId, (trx) => statement.execute(trx))
    await inSql(sql`update contacts set time_zone = case when email like 'ok0@%' then 'UTC' else 'Etc/GMT-12' end
      where account_id = ${accountId} and id in (select contact_id from messages where account_id = ${accountId} and source_id = ${id})`)
    const standing = async () => (await accountingOf(app, id)).accepted
    await sending.drain(id, windows)
    expect(await standing()).toBe(1)
    await sending.drain(id, windows)
    const { rows } = await inSql(
      sql<{
        limiting_factor: string
      }>`select limiting_factor from campaigns where account_id = ${accountId} and id = ${id}`,
    )
    expect(rows).toEqual([{ limiting_factor: 'sending window' }])
    await app.advance(8 * 3_600)
    await sending.drain(id, windows)
    expect(await standing()).toBe(1)
    await app.advance(3_600 + 60)
    await sending.drain(id, windows)
    expect(await standing()).toBe(1_502)
  })
})
