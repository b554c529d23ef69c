import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague, newestMail, roleIds } from '../../test/people.ts'

const app = await startTestApp()
const roles = await roleIds(app.owner)
const { owner } = app
await owner.stepUp()

describe('the list of users', () => {
  it('shows everybody with roles and state, and finds them', async () => {
    const anna = await aColleague(app, owner, { roles: ['analyst'] })
    const { body } = await owner.get('/users?q=kowalska')
    expect(body.data).toMatchObject([
      {
        id: anna.id,
        email: anna.email,
        status: 'active',
        mfa_status: 'off',
        roles: [{ name: 'Analyst', built_in: 'analyst' }],
      },
    ])
    expect((await owner.get(`/users?role_id=${roles['analyst']}`)).body.data).toHaveLength(1)
    expect((await owner.get('/users?status=invited')).body.data).toEqual([])
  })

  it('pages without repeating or losing anybody', async () => {
    const seen: string[] = []
    let path = '/users?limit=1'
    for (;;) {
      const { body } = await owner.get(path)
      seen.push(...body.data.map((user: { id: string }) => user.id))
      if (!body.has_more) break
      path = `/users?limit=1&cursor=${encodeURIComponent(body.next_cursor)}`
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength((await owner.get('/users')).body.data.length)
  })
})

describe('changing a user', () => {
  it.each([
    ['a day that does not exist', { valid_until: '2030-02-30' }],
    ['a day in words', { valid_until: 'tomorrow!!' }],
    ['the year nought', { valid_until: '0000-01-01' }],
    ['an unknown zone', { time_zone: 'Mars/Olympus' }],
    ['another status', { status: 'active' }],
    ['another address', { email: 'new@acme.test' }],
    ['the roles', { role_ids: [] }],
    ['an account', { account_id: app.otherAccountId }],
    ['a name of one sign too many', { first_name: 'x'.repeat(61) }],
    ['a NUL', { first_name: 'a\u0000b' }],
  ])('refuses %s', async (_case, body) => {
    const { id } = await aColleague(app, owner, { roles: ['sender'] })
    expect((await owner.patch(`/users/${id}`, body)).body.code).toBe('validation_failed')
  })

  it('refuses a number that gets no codes', async () => {
    const { id } = await aColleague(app, owner)
    for (const phone of ['+48221234567', '48600700800', '+1900123456', 'x'])
      expect((await owner.patch(`/users/${id}`, { phone })).body.code).toBe('phone_not_allowed')
  })

  it('takes a mobile number as unproven and tells the person', async () => {
    const anna = await aColleague(app, owner)
    const changed = await owner.patch(`/users/${anna.id}`, { phone: '+48600700800', first_name: 'Ania' })
    expect(changed.body).toMatchObject({ phone: '+48600700800', phone_verified: false, first_name: 'Ania' })
    expect(await newestMail(app, anna.email, 'phone_changed')).toBeDefined()
  })

  it('ends the sessions of whoever may no longer sign in, at the next request', async () => {
    const anna = await aColleague(app, owner)
    expect((await anna.client.get('/session')).status).toBe(200)
    const disabled = await owner.patch(`/users/${anna.id}`, { sign_in_allowed: false })
    expect(disabled.body).toMatchObject({ status: 'disabled', sign_in_allowed: false })
    expect((await anna.client.get('/session')).status).toBe(401)
    const refused = await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    expect(refused.body.code).toBe('sign_in_refused')
    expect((await owner.patch(`/users/${anna.id}`, { sign_in_allowed: true })).body.status).toBe('active')
    const again = await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    expect(again.body.status).toBe('signed_in')
  })

  it('takes a last day as the end of the access', async () => {
    const anna = await aColleague(app, owner)
    await owner.patch(`/users/${anna.id}`, { valid_until: '2020-01-01' })
    expect((await anna.client.get('/session')).status).toBe(401)
    expect((await owner.get(`/users/${anna.id}`)).body.status).toBe('disabled')
  })

  it('lets nobody shut himself out or move his own number past its proof', async () => {
    for (const body of [{ sign_in_allowed: false }, { valid_until: '2099-01-01' }, { phone: '+48600700800' }])
      expect((await owner.patch(`/users/${app.ownerId}`, body)).body.code).toBe('self_forbidden')
  })

  it('judges the version that was seen', async () => {
    const { id } = await aColleague(app, owner)
    const { version } = (await owner.get(`/users/${id}`)).body
    const first = await owner.patch(`/users/${id}`, { first_name: 'A' }, { 'if-match': `"${version}"` })
    const second = await owner.patch(`/users/${id}`, { first_name: 'B' }, { 'if-match': `"${version}"` })
    expect([first.status, second.status]).toEqual([200, 412])
  })
})

describe('deleting a user', () => {
  it('frees login and address, ends the session and keeps the name', async () => {
    const anna = await aColleague(app, owner)
    expect((await owner.del(`/users/${anna.id}`)).status).toBe(204)
    expect((await anna.client.get('/session')).status).toBe(401)
    expect((await owner.get(`/users/${anna.id}`)).status).toBe(404)
    const back = await aColleague(app, owner, { roles: ['sender'], email: anna.email })
    expect(back.id).not.toBe(anna.id)
  })

  it('hands drafts to whoever is named, else to whoever deletes', async () => {
    const [anna, berta] = [
      await aColleague(app, owner, { roles: ['campaign_manager'] }),
      await aColleague(app, owner, { roles: ['campaign_manager'] }),
    ]
    const drafts = await Promise.all(
      [1, 2].map((n) => anna.client.post('/campaigns', { name: `Draft ${n}`, channel: 'email' })),
    )
    expect((await owner.del(`/users/${anna.id}?transfer_to=${berta.id}`)).status).toBe(204)
    for (const draft of drafts) {
      const { body } = await owner.get(`/campaigns/${draft.body.id}`)
      expect(body.created_by.id).toBe(berta.id)
    }
  })

  it('refuses heirs who are nobody here, and oneself', async () => {
    const anna = await aColleague(app, owner)
    for (const heir of [anna.id, '0190a000-0000-7000-8000-0000000000aa'])
      expect((await owner.del(`/users/${anna.id}?transfer_to=${heir}`)).status).toBe(422)
    expect((await owner.del(`/users/${app.ownerId}`)).body.code).toBe('self_forbidden')
  })
})

describe('the sessions of a user', () => {
  it('are listed and ended by an administrator', async () => {
    const anna = await aColleague(app, owner)
    const { body } = await owner.get(`/users/${anna.id}/sessions`)
    expect(body.data).toMatchObject([{ current: false, amr: ['pwd'] }])
    expect((await owner.del(`/users/${anna.id}/sessions`)).status).toBe(204)
    expect((await anna.client.get('/session')).status).toBe(401)
  })
})
