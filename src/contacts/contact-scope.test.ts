import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aColleague, roleIds } from '../test/people.ts'

const app = await startTestApp({ jobs: true })
const { owner } = app
await owner.stepUp()
const roles = await roleIds(owner)

const make = async (path: string, body: object) => {
  const { status, body: made } = await owner.post(path, body)
  expect([path, status, made.code]).toEqual([path, 201, undefined])
  return made.id as string
}
const groupA = await make('/groups', { name: 'North' })
const groupB = await make('/groups', { name: 'South' })
const anna = await make('/contacts', { email: 'anna@north.example.com', first_name: 'Anna' })
const berta = await make('/contacts', { email: 'berta@south.example.com', first_name: 'Berta' })
await owner.post(`/groups/${groupA}/members`, { items: [{ contact_id: anna }] })
await owner.post(`/groups/${groupB}/members`, { items: [{ contact_id: berta }] })

const scoped = await aColleague(app, owner, { roles: ['campaign_manager'] })
await owner.put(`/users/${scoped.id}/roles`, {
  role_ids: [roles['campaign_manager']],
  scopes: { contacts: [groupA] },
})
const { client } = scoped

test('whoever is narrowed to a group sees its contacts alone, in list, count and search', async () => {
  const list = await client.get('/contacts')
  expect(list.body.data.map((one: { id: string }) => one.id)).toEqual([anna])
  expect((await client.get('/contacts/count')).body.count).toBe(1)
  expect((await client.get('/contacts?q=berta')).body.data).toEqual([])
  expect((await client.get('/contacts/count?q=example')).body.count).toBe(1)
  expect((await client.get('/groups')).body.data.map((one: { id: string }) => one.id)).toEqual([groupA])
  expect((await owner.get('/contacts/count')).body.count).toBe(2)
})

test('a contact or group beyond it is the same as one that never was', async () => {
  const never = '0190a000-0000-7000-8000-0000000000aa'
  const headers = { 'x-request-id': 'same' }
  for (const path of ['/contacts/ID', '/contacts/ID/history', '/contacts/ID/consents']) {
    const [other, none] = [
      await client.get(path.replace('ID', berta), headers),
      await client.get(path.replace('ID', never), headers),
    ]
    expect([path, other.status, other.raw]).toEqual([path, none.status, none.raw])
  }
  expect((await client.get(`/contacts/${anna}`)).status).toBe(200)
  expect((await client.get(`/groups/${groupB}`)).status).toBe(404)
  expect((await client.get(`/groups/${groupB}/members`)).status).toBe(404)
})

test('what would leave the scope is refused, what stays in it works', async () => {
  const beyond = await client.post('/contacts', { email: 'new@example.com' })
  expect(beyond.body.code).toBe('permission_denied')
  const taken = await client.post('/contacts', { email: 'berta@south.example.com' })
  expect(taken.body.code).toBe('permission_denied')
  expect((await client.post('/groups', { name: 'Mine' })).body.code).toBe('permission_denied')
  const changed = await client.patch(`/contacts/${anna}`, { first_name: 'Ania' })
  expect([changed.status, changed.body.first_name]).toEqual([200, 'Ania'])
  expect((await client.patch(`/contacts/${berta}`, { first_name: 'X' })).status).toBe(404)
})

test('a campaign cannot be aimed at a group beyond the scope', async () => {
  const campaign = await client.post('/campaigns', { name: 'Offer', channel: 'email' })
  const aim = (group: string) =>
    client.patch(
      `/campaigns/${campaign.body.id}`,
      { audience: { group_ids: [group] } },
      { 'if-match': `"${campaign.body.version}"` },
    )
  expect((await aim(groupB)).status).toBe(422)
  expect((await aim(groupA)).status).toBe(200)
})

test('the scope is judged on the next request and goes when it is lifted', async () => {
  await owner.put(`/users/${scoped.id}/roles`, {
    role_ids: [roles['campaign_manager']],
    scopes: { contacts: [] },
  })
  expect((await client.get('/contacts')).body.data).toEqual([])
  await owner.put(`/users/${scoped.id}/roles`, { role_ids: [roles['campaign_manager']], scopes: {} })
  expect((await client.get('/session')).status).toBe(401)
})
