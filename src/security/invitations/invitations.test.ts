import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague, newestMail, roleIds } from '../../test/people.ts'

const app = await startTestApp()
const { owner, nobody } = app
const roles = await roleIds(owner)
await owner.stepUp()

let count = 0
const invite = async (by = owner, more: object = {}) => {
  count += 1
  const email = `guest-${count}@acme.test`
  const body = { email, first_name: 'Guest', last_name: 'Person', role_ids: [roles['sender']], ...more }
  const { status, body: answer } = await by.post('/invitations', body)
  expect([status, answer.code]).toEqual([201, undefined])
  const mail = await newestMail(app, answer.email, 'invitation')
  return { id: answer.id as string, userId: answer.user_id as string, email, token: mail?.token ?? '' }
}
const refused = { status: 400, body: { code: 'link_refused' } }

describe('an invitation', () => {
  it('makes a user who chooses the password himself', async () => {
    const guest = await invite()
    expect((await owner.get(`/users/${guest.userId}`)).body).toMatchObject({ status: 'invited' })
    const seen = await nobody.post('/invitations/inspect', { token: guest.token })
    expect(seen.body).toMatchObject({ account_name: 'Acme', email: guest.email, min_length: 15 })
    expect((await nobody.get(`/invitations/accept?token=${guest.token}`)).status).toBe(405)
    const accepted = await nobody.post('/invitations/accept', { token: guest.token, password })
    expect(accepted.body).toEqual({ status: 'activated', login: guest.email })
    expect(String(accepted.headers['set-cookie'])).not.toContain('sid=')
    const client = makeClient(app.app)
    expect((await client.post('/sign-in', { login: guest.email, password })).body.status).toBe('signed_in')
    expect((await owner.get('/invitations')).body.data[0]).toMatchObject({ status: 'accepted' })
  })

  it('works once, also for eight at the same moment', async () => {
    const { token } = await invite()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => nobody.post('/invitations/accept', { token, password })),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'link_refused')).toHaveLength(7)
  })

  it('is dead after 72 hours, after it was sent again, and once withdrawn', async () => {
    const again = await invite()
    expect((await owner.post(`/invitations/${again.id}/resend`)).status).toBe(202)
    expect(await nobody.post('/invitations/accept', { token: again.token, password })).toMatchObject(refused)
    const fresh = await newestMail(app, again.email, 'invitation')
    expect((await nobody.post('/invitations/inspect', { token: fresh?.token })).status).toBe(200)
    const gone = await invite()
    expect((await owner.del(`/invitations/${gone.id}`)).status).toBe(204)
    expect(await nobody.post('/invitations/accept', { token: gone.token, password })).toMatchObject(refused)
    expect((await owner.del(`/invitations/${gone.id}`)).body.code).toBe('not_pending')
    expect((await owner.get(`/users/${gone.userId}`)).status).toBe(404)
    expect((await invite(owner, { email: gone.email })).userId).not.toBe(gone.userId)
    await app.advance(72 * 3600)
    const late = { token: fresh?.token, password }
    expect(await nobody.post('/invitations/accept', late)).toMatchObject(refused)
    await owner.post('/sign-in', { login: 'owner@acme.test', password })
    await owner.stepUp()
    expect((await owner.get('/invitations?limit=1000')).body.data.at(-3)).toMatchObject({ status: 'expired' })
    expect((await owner.post(`/invitations/${again.id}/resend`)).status).toBe(202)
  })

  it('is judged once more when it is accepted: whoever invited must still hold what he gave', async () => {
    const ways = [
      (id: string) => owner.patch(`/users/${id}`, { sign_in_allowed: false }),
      (id: string) => owner.del(`/users/${id}`),
      (id: string) => owner.put(`/users/${id}/roles`, { role_ids: [roles['sender']] }),
      (id: string) =>
        owner.put(`/users/${id}/roles`, { role_ids: [roles['administrator']], deny: ['sms.campaigns.send'] }),
    ]
    for (const lose of ways) {
      const inviter = await aColleague(app, owner, { roles: ['administrator'] })
      await inviter.client.stepUp()
      const guest = await invite(inviter.client)
      expect((await lose(inviter.id)).status).toBeLessThan(300)
      for (const path of ['inspect', 'accept'])
        expect(
          await nobody.post(`/invitations/${path}`, {
            token: guest.token,
            ...(path === 'accept' ? { password } : {}),
          }),
        ).toMatchObject(refused)
    }
  })

  it('answers an address that is a login elsewhere like a free one and tells its holder', async () => {
    const guest = await invite(owner, { email: 'owner@other.test' })
    expect(await newestMail(app, 'owner@other.test', 'email_taken')).toBeDefined()
    const token = (await newestMail(app, 'owner@other.test', 'invitation'))?.token
    expect((await nobody.post('/invitations/inspect', { token })).body.login_free).toBe(false)
    const taken = await nobody.post('/invitations/accept', { token, password })
    expect(taken.body.code).toBe('login_taken')
    const stranger = await nobody.post('/invitations/accept', { token, password, login: 'boss@bank.test' })
    expect(stranger.body.code).toBe('validation_failed')
    const chosen = await nobody.post('/invitations/accept', { token, password, login: 'Other.Owner' })
    expect(chosen.body).toEqual({ status: 'activated', login: 'other.owner' })
    expect((await owner.get(`/users/${guest.userId}`)).body.login).toBe('other.owner')
  })

  it('reserves no login before it is accepted', async () => {
    await invite(owner, { email: 'shared@example.com' })
    const { body } = await app.nobody.post('/sign-in', { login: 'shared@example.com', password })
    expect(body.code).toBe('sign_in_refused')
    await app.other.post('/sign-in', { login: 'owner@other.test', password })
    await app.other.stepUp()
    const elsewhere = await app.other.post('/invitations', {
      email: 'shared@example.com',
      first_name: 'A',
      last_name: 'B',
      role_ids: [(await roleIds(app.other))['sender']],
    })
    expect(elsewhere.status).toBe(201)
  })

  it.each([
    ['an address in use here', { email: 'OWNER@acme.test' }, 409, 'email_taken'],
    ['no address', { email: 'not an address' }, 422, 'validation_failed'],
    ['no role', { role_ids: [] }, 422, 'validation_failed'],
    ['an unknown role', { role_ids: ['0190a000-0000-7000-8000-0000000000aa'] }, 422, 'unknown_role'],
    ['a second factor nobody granted', { mfa_setting: 'email' }, 403, 'mfa_not_entitled'],
    ['a number that is none', { phone: '+1' }, 422, 'phone_not_allowed'],
  ])('refuses %s', async (_case, more, status, code) => {
    const answer = await owner.post('/invitations', {
      email: `case-${status}@acme.test`,
      first_name: 'A',
      last_name: 'B',
      role_ids: [roles['sender']],
      ...more,
    })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('ends at the number of users that was granted', async () => {
    const seeded = await nobody.post('/test/seed', {
      accounts: [
        {
          name: 'Small',
          entitlements: { 'limit.users': 3 },
          users: [{ email: 'owner@small.test', password, roles: ['owner'] }],
        },
      ],
    })
    expect(seeded.status).toBe(201)
    const small = makeClient(app.app)
    await small.post('/sign-in', { login: 'owner@small.test', password })
    await small.stepUp()
    const role = (await roleIds(small))['sender']
    const send = (n: number) =>
      small.post('/invitations', {
        email: `n${n}@small.test`,
        first_name: 'A',
        last_name: 'B',
        role_ids: [role],
      })
    const answers = await Promise.all([1, 2, 3, 4].map(send))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(2)
    expect((await send(5)).body).toMatchObject({ code: 'limit_reached', limit_key: 'limit.users', used: 3 })
  })
})
