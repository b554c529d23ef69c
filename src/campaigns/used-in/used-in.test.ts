import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'

const app = await startTestApp()
const { owner, accountId } = app

const setStatus = (id: string, status: string) =>
  inAccount(app.db, accountId, (trx) =>
    sql`update campaigns set status = ${status} where account_id = ${accountId} and id = ${id}`.execute(trx),
  )

const aCampaign = async (name: string) => {
  const made = await owner.post('/campaigns', { channel: 'email', name })
  expect(made.status, made.raw).toBe(201)
  return made.body.id as string
}

test('a group that a scheduled campaign names cannot be archived, and the campaign is named', async () => {
  const group = (await owner.post('/groups', { name: 'Wanted' })).body
  const id = await aCampaign('Spring')
  const patched = await owner.patch(`/campaigns/${id}`, { audience: { group_ids: [group.id] } })
  expect(patched.status, patched.raw).toBe(200)
  expect((await owner.get(`/groups/${group.id}`)).body.used_in).toEqual([
    { type: 'campaign', id, name: 'Spring' },
  ])
  await setStatus(id, 'scheduled')
  const refused = await owner.post(`/groups/${group.id}/archive`)
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'group_in_use',
    used_in: [{ type: 'campaign', id, name: 'Spring' }],
  })
  expect((await owner.del(`/groups/${group.id}`)).body.code).toBe('group_in_use')
  await setStatus(id, 'finished')
  expect((await owner.post(`/groups/${group.id}/archive`)).status).toBe(200)
  expect((await owner.get(`/groups/${group.id}`)).body.used_in).toEqual([])
})

test('a field that a scheduled campaign writes cannot be deleted, one that is only a word in it can', async () => {
  for (const name of ['city', 'cit']) await owner.post('/fields', { name, type: 'text' })
  const id = await aCampaign('Summer')
  await inAccount(app.db, accountId, async (trx) => {
    const content = JSON.stringify({ html: '<p>cit {{ contact.city | default: "x" }}</p>' })
    await sql`insert into campaign_revisions (account_id, campaign_id, n, content) values (${accountId}, ${id}, 99, ${content}::jsonb)`.execute(
      trx,
    )
    await sql`update campaigns set content_revision = 99, status = 'scheduled' where account_id = ${accountId} and id = ${id}`.execute(
      trx,
    )
  })
  expect((await owner.get('/fields/city/usage')).body.used_in).toEqual([
    { type: 'campaign', id, name: 'Summer' },
  ])
  expect((await owner.del('/fields/city')).body).toMatchObject({
    status: 409,
    code: 'field_in_use',
    used_in: [{ id }],
  })
  expect((await owner.del('/fields/cit')).status).toBe(204)
})
