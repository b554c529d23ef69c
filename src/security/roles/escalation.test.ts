import { describe, expect, it } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { aColleague, newestMail, roleIds } from '../../test/people.ts'

const app = await startTestApp()
const { owner } = app
const roles = await roleIds(owner)
await owner.stepUp()

const makeRole = async (permissions: string[], name: string) => {
  const made = await owner.post('/roles', { name, permissions })
  expect(made.status).toBe(201)
  return made.body.id as string
}
const userManager = await makeRole(['account.users.manage', 'contacts.edit', 'account.roles.manage'], 'Lead')
const lead = await aColleague(app, owner, { roles: ['Lead'] })
await lead.client.stepUp()

describe('who may change rights', () => {
  it('cannot give what he does not hold, by role, directly or by a new role', async () => {
    const anna = await aColleague(app, owner, { roles: ['analyst'] })
    const sender = lead.client.put(`/users/${anna.id}/roles`, { role_ids: [roles['sender']] })
    expect((await sender).body.code).toBe('escalation_refused')
    const direct = { role_ids: [roles['analyst']], allow: ['sms.campaigns.send'] }
    const refused = await lead.client.put(`/users/${anna.id}/roles`, direct)
    expect(refused.body).toMatchObject({ code: 'escalation_refused', permission: 'sms.campaigns.send' })
    const role = await lead.client.post('/roles', { name: 'Way up', permissions: ['sms.campaigns.send'] })
    expect(role.body.code).toBe('escalation_refused')
    const invited = await lead.client.post('/invitations', {
      email: 'way-up@acme.test',
      first_name: 'A',
      last_name: 'B',
      role_ids: [roles['sender']],
    })
    expect(invited.body.code).toBe('escalation_refused')
  })

  it('can give what he holds, the implied view included', async () => {
    const anna = await aColleague(app, owner, { roles: ['analyst'] })
    const given = await lead.client.put(`/users/${anna.id}/roles`, {
      role_ids: [roles['analyst']],
      allow: ['contacts.edit'],
    })
    expect(given.body).toMatchObject({ allow: ['contacts.edit'] })
    const made = await lead.client.post('/roles', { name: 'Editors', permissions: ['contacts.edit'] })
    expect(made.body.permissions).toEqual(['contacts.edit', 'contacts.view'])
  })

  it('can neither edit his own roles nor a role he has', async () => {
    const own = await lead.client.put(`/users/${lead.id}/roles`, { role_ids: [userManager] })
    expect(own.body.code).toBe('escalation_refused')
    const role = await lead.client.patch(`/roles/${userManager}`, { permissions: ['account.users.manage'] })
    expect(role.body.code).toBe('escalation_refused')
    expect((await owner.put(`/users/${app.ownerId}/roles`, { role_ids: [roles['sender']] })).body.code).toBe(
      'escalation_refused',
    )
  })

  it('cannot touch owners, nor administrators who hold more', async () => {
    for (const body of [{ first_name: 'X' }, { sign_in_allowed: false }, { phone: '+48600700800' }])
      expect((await lead.client.patch(`/users/${app.ownerId}`, body)).body.code).toBe('escalation_refused')
    const above = await aColleague(app, owner, { roles: ['administrator'] })
    expect((await lead.client.del(`/users/${above.id}`)).body.code).toBe('escalation_refused')
    expect(
      (await lead.client.put(`/users/${above.id}/roles`, { role_ids: [roles['analyst']] })).body.code,
    ).toBe('escalation_refused')
    await above.client.stepUp()
    expect((await above.client.put(`/users/${app.ownerId}/roles`, { role_ids: [] })).body.code).toBe(
      'escalation_refused',
    )
    const another = await aColleague(app, owner, { roles: ['sender'] })
    expect(
      (await above.client.put(`/users/${another.id}/roles`, { role_ids: [roles['owner']] })).body.code,
    ).toBe('escalation_refused')
  })

  it('cannot lift a denial of a key he does not hold, not even by silence', async () => {
    const anna = await aColleague(app, owner, { roles: ['sender'] })
    await owner.put(`/users/${anna.id}/roles`, {
      role_ids: [roles['sender']],
      deny: ['email.campaigns.send'],
    })
    const silent = await lead.client.put(`/users/${anna.id}/roles`, { role_ids: [roles['sender']] })
    expect(silent.body.deny).toEqual(['email.campaigns.send'])
    const lifted = await lead.client.put(`/users/${anna.id}/roles`, { role_ids: [roles['sender']], deny: [] })
    expect(lifted.body.code).toBe('escalation_refused')
  })

  it('cannot widen a scope beyond his own', async () => {
    const groups = await Promise.all(
      ['A', 'B'].map((name) => owner.post('/groups', { name: `Group ${name}` })),
    )
    const [a, b] = groups.map((group) => group.body.id as string)
    const scoped = await aColleague(app, owner, { roles: ['Lead'] })
    await owner.put(`/users/${scoped.id}/roles`, { role_ids: [userManager], scopes: { contacts: [a] } })
    await scoped.client.stepUp()
    const anna = await aColleague(app, owner, { roles: ['billing'] })
    const give = (scopes: object) =>
      scoped.client.put(`/users/${anna.id}/roles`, {
        role_ids: [roles['billing']],
        allow: ['contacts.edit'],
        scopes,
      })
    expect((await give({})).body.code).toBe('escalation_refused')
    // What he cannot see is not there for him.
    expect((await give({ contacts: [a, b] })).body.code).toBe('validation_failed')
    expect((await give({ contacts: [a] })).body.scopes).toEqual({ contacts: [a] })
    const foreign = await owner.put(`/users/${anna.id}/roles`, {
      role_ids: [roles['billing']],
      scopes: { contacts: ['0190a000-0000-7000-8000-0000000000aa'] },
    })
    expect(foreign.body.code).toBe('validation_failed')
  })

  it('cannot add a key to a role whose holder would reach further with it', async () => {
    const group = await owner.post('/groups', { name: 'Group of the scoped' })
    const scoped = await aColleague(app, owner, { roles: ['Lead'] })
    const reach = { role_ids: [userManager], scopes: { contacts: [group.body.id] } }
    await owner.put(`/users/${scoped.id}/roles`, reach)
    await scoped.client.stepUp()
    const reporters = await makeRole(['email.reports.view'], 'Reporters')
    const widen = () =>
      scoped.client.patch(`/roles/${reporters}`, { permissions: ['email.reports.view', 'contacts.edit'] })
    await aColleague(app, owner, { roles: ['Reporters'] })
    expect((await widen()).body).toMatchObject({ code: 'escalation_refused', permission: 'contacts.view' })
    expect((await owner.get(`/roles/${reporters}`)).body.permissions).toEqual(['email.reports.view'])
  })

  it('cannot take a stronger key into his own hand by giving it a new secret', async () => {
    await makeRole(['account.api_keys.manage', 'contacts.view'], 'Keeper')
    const keeper = await aColleague(app, owner, { roles: ['Keeper'] })
    await keeper.client.stepUp()
    await owner.stepUp()
    const rotate = async (scope: string) => {
      const { body } = await owner.post('/api-keys', { name: scope, scopes: [scope] })
      return keeper.client.post(`/api-keys/${body.id}/rotate`)
    }
    expect((await rotate('sms.messages.send')).body).toMatchObject({
      code: 'escalation_refused',
      permission: 'sms.messages.send',
    })
    expect((await rotate('contacts.view')).status).toBe(200)
    const { body: stronger } = await owner.post('/api-keys', { name: 'SMS', scopes: ['sms.messages.send'] })
    const opened = await keeper.client.patch(`/api-keys/${stronger.id}`, { cidrs: ['203.0.113.0/24'] })
    expect(opened.body.code).toBe('escalation_refused')
    expect((await keeper.client.patch(`/api-keys/${stronger.id}`, { name: 'Text' })).status).toBe(200)
    const own = await keeper.client.post('/api-keys', { name: 'Own', scopes: ['contacts.view'] })
    expect((await keeper.client.post(`/api-keys/${own.body.id}/rotate`)).status).toBe(200)
  })

  it('cannot have a direct grant accepted that he lost meanwhile', async () => {
    const inviter = await aColleague(app, owner, { roles: ['Lead'] })
    await inviter.client.stepUp()
    const plain = await makeRole(['contacts.view'], 'Plain')
    const { body } = await inviter.client.post('/invitations', {
      email: 'direct@acme.test',
      first_name: 'A',
      last_name: 'B',
      role_ids: [plain],
    })
    const given = { role_ids: [plain], allow: ['account.roles.manage'] }
    expect((await inviter.client.put(`/users/${body.user_id}/roles`, given)).status).toBe(200)
    await owner.put(`/users/${inviter.id}/roles`, { role_ids: [userManager], deny: ['account.roles.manage'] })
    const mail = await newestMail(app, 'direct@acme.test', 'invitation')
    const seen = await app.nobody.post('/invitations/inspect', { token: mail?.token })
    expect(seen.body.code).toBe('link_refused')
  })
})

describe('rights that change', () => {
  it('act on the next request when they shrink, and sign the person out when they grow', async () => {
    const anna = await aColleague(app, owner, { roles: ['administrator'] })
    expect((await anna.client.get('/users')).status).toBe(200)
    await owner.put(`/users/${anna.id}/roles`, {
      role_ids: [roles['administrator']],
      deny: ['account.users.view'],
    })
    const refused = await anna.client.get('/users')
    expect(refused.body).toMatchObject({ code: 'permission_denied', permission: 'account.users.view' })
    await owner.put(`/users/${anna.id}/roles`, { role_ids: [roles['administrator']], deny: [] })
    expect((await anna.client.get('/users')).status).toBe(401)
    expect(await newestMail(app, anna.email, 'role_raised')).toBeDefined()
  })

  it('sign out whoever gains by a wider role', async () => {
    const id = await makeRole(['contacts.view'], 'Readers')
    const anna = await aColleague(app, owner, { roles: ['Readers'] })
    expect((await owner.patch(`/roles/${id}`, { name: 'Readers of all' })).status).toBe(200)
    expect((await anna.client.get('/session')).status).toBe(200)
    await owner.patch(`/roles/${id}`, { permissions: ['contacts.view', 'contacts.edit'] })
    expect((await anna.client.get('/session')).status).toBe(401)
  })

  it('are told with their source', async () => {
    const anna = await aColleague(app, owner, { roles: ['billing'] })
    await owner.put(`/users/${anna.id}/roles`, {
      role_ids: [roles['billing']],
      allow: ['contacts.edit'],
      deny: ['sms.billing.view'],
    })
    const { body } = await owner.get(`/users/${anna.id}/effective-permissions`)
    const told = Object.fromEntries(body.data.map((one: { key: string }) => [one.key, one]))
    expect(told['contacts.view']).toMatchObject({ sources: [{ type: 'direct' }], denied: false })
    expect(told['sms.billing.view']).toMatchObject({
      sources: [{ type: 'role', name: 'Billing' }],
      denied: true,
    })
  })
})

describe('the last owner', () => {
  it('can be neither demoted nor disabled nor deleted, nor given a last day', async () => {
    const second = await aColleague(app, owner, { roles: ['owner'] })
    await second.client.stepUp()
    expect((await second.client.patch(`/users/${app.ownerId}`, { valid_until: '2099-01-01' })).status).toBe(
      200,
    )
    const acts = [
      () => second.client.patch(`/users/${app.ownerId}`, { valid_until: null }),
      () => second.client.patch(`/users/${second.id}`, { sign_in_allowed: false }),
    ]
    expect((await acts[0]?.())?.status).toBe(200)
    expect((await acts[1]?.())?.body.code).toBe('self_forbidden')
    await second.client.patch(`/users/${app.ownerId}`, { sign_in_allowed: false })
    expect((await second.client.del(`/users/${second.id}`)).body.code).toBe('self_forbidden')
    await second.client.patch(`/users/${app.ownerId}`, { sign_in_allowed: true })
  })

  it('stays when two owners remove each other at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [a, b] = [
        await aColleague(app, app.other, { roles: ['owner'], email: `a${round}@other.test` }),
        await aColleague(app, app.other, { roles: ['owner'], email: `b${round}@other.test` }),
      ]
      const others = (await app.other.get(`/users?role_id=${(await roleIds(app.other))['owner']}`)).body.data
      for (const one of others.filter((user: { id: string }) => ![a.id, b.id].includes(user.id)))
        await a.client.stepUp().then(() => a.client.patch(`/users/${one.id}`, { sign_in_allowed: false }))
      await Promise.all([a.client.stepUp(), b.client.stepUp()])
      const answers = await Promise.all([a.client.del(`/users/${b.id}`), b.client.del(`/users/${a.id}`)])
      expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1)
      const left = answers[0]?.status === 204 ? a : b
      expect((await left.client.get('/session')).status).toBe(200)
      const back = (await left.client.get('/users?status=disabled')).body.data
      for (const one of back) await left.client.patch(`/users/${one.id}`, { sign_in_allowed: true })
      if (round === 2) break
      await app.other.post('/sign-in', {
        login: 'owner@other.test',
        password: 'correct horse battery staple',
      })
    }
  })
})
