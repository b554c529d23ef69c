import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { aCampaign, aContact, aGroup, preflight } from '../test/world.ts'

const app = await startTestApp()
const { owner } = app

const groups = { a: await aGroup(owner), b: await aGroup(owner), out: await aGroup(owner) }
const inA = { groups_add: [groups.a] }
const person = (given: object) => aContact(owner, { ...inA, ...given })

const reachable = [
  await person({ first_name: 'One' }),
  await person({ first_name: 'Two', groups_add: [groups.a, groups.b] }),
  await aContact(owner, { first_name: 'Three', groups_add: [groups.b] }),
]
await aContact(owner, { first_name: 'In no group' })
await person({ first_name: 'Excluded', groups_add: [groups.a, groups.out] })
const noAddress = await person({ email: null, phone: '+48601000001', first_name: 'No address' })
const blocked = await person({ blocked_channels: ['email'] })
const left = await person({ first_name: 'Left' })
expect((await owner.post(`/contacts/${left}/unsubscribe`, { channel: 'email' })).status).toBe(200)
const listed = await person({ email: 'listed@example.org' })
const suppressed = await owner.post('/suppressions', {
  items: [{ channel: 'email', address: 'LISTED@example.org', reason: 'blacklisted_address' }],
})
expect(suppressed.status, suppressed.raw).toBeLessThan(300)

const audience = { group_ids: [groups.a, groups.b], exclude_group_ids: [groups.out] }
const campaign = await aCampaign(owner, { audience })
const truth = {
  audience: 7,
  reachable: 3,
  suppressed_by_reason: { no_address: 1, channel_blocked: 1, unsubscribed: 1, blacklisted_address: 1 },
}

describe('the count of an audience', () => {
  test('equals a hand-made truth', async () => {
    const answer = await owner.post(`/campaigns/${campaign}/count`)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject(truth)
    expect(Object.keys(answer.body.suppressed_by_reason)).toHaveLength(4)
  })

  test('is nought without groups', async () => {
    const id = await aCampaign(owner)
    expect((await owner.post(`/campaigns/${id}/count`)).body).toMatchObject({
      audience: 0,
      reachable: 0,
      suppressed_by_reason: {},
    })
  })

  test('shows who stands behind each reason', async () => {
    const sample = async (query: string) =>
      (await owner.get(`/campaigns/${campaign}/audience-sample${query}`)).body.data.map(
        (row: { contact_id: string }) => row.contact_id,
      )
    expect((await sample('')).toSorted()).toEqual(reachable.toSorted())
    expect(await sample('?reason=no_address')).toEqual([noAddress])
    expect(await sample('?reason=channel_blocked')).toEqual([blocked])
    expect(await sample('?reason=unsubscribed')).toEqual([left])
    expect(await sample('?reason=blacklisted_address')).toEqual([listed])
    expect(await sample('?reason=nothing_such')).toEqual([])
  })

  test('is what pre-flight judges, with the share of suppressed', async () => {
    const checks = await preflight(owner, campaign)
    expect(checks.audience).toBe(7)
    expect(checks.find('suppression_ratio_high')).toMatchObject({ level: 'warn', count: 4 })
    expect(checks.codes('block')).toEqual([])
  })
})

describe('consent', () => {
  const consents = async (id: string, entry: object) =>
    expect((await owner.post(`/contacts/${id}/consents`, entry)).status).toBeLessThan(300)

  test('that nobody recorded is counted as unknown where it is not required', async () => {
    expect((await preflight(owner, campaign)).find('consent_unknown')).toMatchObject({
      level: 'warn',
      count: 3,
    })
    await consents(reachable[0] ?? '', { channel: 'email', state: 'granted' })
    await consents(reachable[1] ?? '', { channel: 'email', state: 'unknown', basis: 'legitimate_interest' })
    expect((await preflight(owner, campaign)).find('consent_unknown')).toMatchObject({ count: 1 })
  })

  test('that is required and lacking blocks, unless such contacts are left out', async () => {
    await owner.patch('/account', { require_consent: { email: true } })
    const checks = await preflight(owner, campaign)
    expect(checks.find('consent_missing')).toMatchObject({ level: 'block', count: 2 })
    expect(checks.find('consent_unknown')).toBeUndefined()
    const refused = await owner.post(`/campaigns/${campaign}/send`)
    expect([refused.status, refused.body.code]).toEqual([422, 'preflight_failed'])
    await owner.patch(`/campaigns/${campaign}`, { audience: { exclude_without_consent: true } })
    expect((await preflight(owner, campaign)).ok).toBe(true)
    await owner.patch('/account', { require_consent: { email: false } })
  })
})
