import { describe, expect, it, test } from 'vitest'
import { permissionKeys } from '../../http/permissions/contract.ts'
import { makeClient, startTestApp } from '../../test/app.ts'
import { aColleague, roleIds } from '../../test/people.ts'
import { builtInNames, keysOfBuiltIn } from './built-in.ts'
import { effectivePermissions } from './effective.ts'
import { labelOf } from './permission-labels.ts'

const app = await startTestApp()
const { owner } = app
await owner.stepUp()

describe('built-in roles', () => {
  test('are nine, in every account, fixed', async () => {
    const { body } = await owner.get('/roles')
    expect(body.data.map((role: { key: string }) => role.key).toSorted()).toEqual(
      Object.keys(builtInNames).toSorted(),
    )
    for (const id of Object.values(await roleIds(owner))) {
      expect((await owner.patch(`/roles/${id}`, { name: 'Mine' })).body.code).toBe('built_in')
      expect((await owner.del(`/roles/${id}`)).body.code).toBe('built_in')
    }
  })

  test.each([
    ['administrator', 'account.billing.manage'],
    ['campaign_manager', 'email.settings.manage'],
    ['campaign_manager', 'sending.providers.manage'],
    ['campaign_manager', 'contacts.export.approve'],
    ['campaign_manager', 'contacts.delete'],
    ['campaign_manager', 'account.users.view'],
    ['sender', 'email.campaigns.delete'],
    ['sender', 'email.campaigns.approve'],
    ['sender', 'contacts.export.run'],
    ['analyst', 'email.content.view'],
    ['analyst', 'contacts.personal_data.view'],
    ['analyst', 'contacts.edit'],
    ['billing', 'contacts.view'],
    ['support_agent', 'sms.incoming.export'],
    ['data_protection_officer', 'account.users.view'],
    ['owner', 'operator.accounts.view'],
  ])('%s does not hold %s', (role, key) => {
    expect(keysOfBuiltIn(role)).not.toContain(key)
  })

  test.each([
    ['owner', 'account.billing.manage'],
    ['administrator', 'account.security.manage'],
    ['campaign_manager', 'rcs.campaigns.approve'],
    ['sender', 'email.campaigns.send'],
    ['analyst', 'contacts.groups.view'],
    ['developer', 'account.audit_log.view'],
    ['billing', 'sms.billing.view'],
    ['support_agent', 'contacts.personal_data.view'],
    ['data_protection_officer', 'suppressions.export'],
  ])('%s holds %s', (role, key) => {
    expect(keysOfBuiltIn(role)).toContain(key)
  })
})

describe('effective rights', () => {
  const grants = { instance: false, builtIns: [], roleKeys: [], allow: [], deny: [] }
  test.each([
    ['the union of roles', { builtIns: ['billing'], roleKeys: ['contacts.view'] }, 'contacts.view', true],
    ['a direct grant', { allow: ['contacts.merge'] }, 'contacts.merge', true],
    ['the view implied by another leaf', { allow: ['contacts.groups.delete'] }, 'contacts.groups.view', true],
    ['a denial over a role', { builtIns: ['owner'], deny: ['contacts.view'] }, 'contacts.view', false],
    ['a denial over a grant', { allow: ['contacts.view'], deny: ['contacts.view'] }, 'contacts.view', false],
    ['no operator key in an account', { allow: ['operator.staff.manage'] }, 'operator.staff.manage', false],
    ['no key that is none', { allow: ['contacts.fly'] }, 'contacts.fly', false],
    ['all operator keys of staff', { instance: true }, 'operator.staff.manage', true],
    [
      'the named operator keys of staff',
      { instance: true, allow: ['operator.health.view'] },
      'operator.staff.manage',
      false,
    ],
  ])('are %s', (_case, given, key, held) => {
    expect(effectivePermissions({ ...grants, ...given }).has(key as 'contacts.view')).toBe(held)
  })
})

describe('own roles', () => {
  it('are made, changed and deleted, each name once', async () => {
    const made = await owner.post('/roles', { name: 'Redaktion', permissions: ['email.templates.edit'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ built_in: false, key: null, users: 0 })
    expect(made.body.permissions).toEqual(['email.templates.edit', 'email.templates.view'])
    for (const name of ['redaktion', ' REDAKTION ', 'owner'])
      expect((await owner.post('/roles', { name, permissions: [] })).body.code).toBe('name_taken')
    const path = `/roles/${made.body.id}`
    expect((await owner.patch(path, { name: 'Sender' })).body.code).toBe('name_taken')
    expect((await owner.patch(path, { permissions: [] })).body.permissions).toEqual([])
    const holder = await aColleague(app, owner, { roles: ['Redaktion'] })
    expect((await owner.get(path)).body.users).toBe(1)
    expect((await owner.del(path)).body).toMatchObject({ code: 'role_in_use', users: 1 })
    await owner.del(`/users/${holder.id}`)
    expect((await owner.del(path)).status).toBe(204)
    expect((await owner.get(path)).status).toBe(404)
  })

  it('are at most a hundred, and two of one name never come from parallel requests', async () => {
    const twins = await Promise.all(
      [1, 2, 3].map(() => owner.post('/roles', { name: 'Twin', permissions: [] })),
    )
    expect(twins.map((one) => one.status).toSorted()).toEqual([201, 409, 409])
    for (let n = 1; n < 100; n += 1) await owner.post('/roles', { name: `Role ${n}`, permissions: [] })
    const last = await owner.post('/roles', { name: 'One more', permissions: [] })
    expect(last.body).toMatchObject({ code: 'limit_reached', limit: 100, used: 100 })
  })

  it.each([
    ['a key that is none', { name: 'x x', permissions: ['contacts.fly'] }, 'unknown_permission'],
    ['a key of staff', { name: 'x x', permissions: ['operator.staff.manage'] }, 'unknown_permission'],
    ['a name of one sign', { name: 'x', permissions: [] }, 'validation_failed'],
    ['a name of 61 signs', { name: 'x'.repeat(61), permissions: [] }, 'validation_failed'],
    ['a key twice', { name: 'x x', permissions: ['contacts.view', 'contacts.view'] }, 'validation_failed'],
  ])('refuse %s', async (_case, body, code) => {
    expect((await owner.post('/roles', body)).body.code).toBe(code)
  })

  it('need a fresh confirmation', async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@other.test', password: 'correct horse battery staple' })
    expect((await client.post('/roles', { name: 'New', permissions: [] })).body.code).toBe('step_up_required')
  })
})

describe('the tree of permissions', () => {
  it('has a word for every key in every language', () => {
    for (const key of permissionKeys) {
      for (const language of ['en', 'pl', 'de'] as const) {
        const { area_label, node_label, leaf_label } = labelOf(key, language)
        expect([key, language, area_label, node_label, leaf_label].join()).not.toMatch(/,[a-z_]*_[a-z_]*/)
        expect(area_label.length * node_label.length * leaf_label.length).toBeGreaterThan(0)
      }
    }
  })

  it('says what the caller may grant', async () => {
    const anna = await aColleague(app, owner, { roles: ['billing'] })
    const { body } = await anna.client.get('/permissions')
    const grantable = body.data.filter((one: { grantable: boolean }) => one.grantable)
    expect(grantable.map((one: { key: string }) => one.key).toSorted()).toEqual(
      [...keysOfBuiltIn('billing')].toSorted(),
    )
    expect(body.data.some((one: { key: string }) => one.key.startsWith('operator.'))).toBe(false)
  })
})
