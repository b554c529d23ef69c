import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague, newestMail } from '../../test/people.ts'

const app = await startTestApp()
const { owner, nobody } = app
await owner.stepUp()
const refused = { status: 400, body: { code: 'link_refused' } }

const fresh = async () => {
  const person = await aColleague(app, owner)
  await person.client.stepUp()
  return person
}
const tokenOf = async (to: string, kind: string) => (await newestMail(app, to, kind))?.token ?? ''
const changeEmail = async (person: { client: typeof owner }, to: string) => {
  expect((await person.client.post('/me/email', { email: to })).status).toBe(202)
  const token = await tokenOf(to, 'email_change_confirm')
  return nobody.post('/email-change/confirm', { token })
}

describe('the own e-mail address', () => {
  it('changes once the new one is proven, and the login follows', async () => {
    const anna = await fresh()
    const to = `new-${anna.email}`
    expect((await anna.client.post('/me/email', { email: to })).status).toBe(202)
    expect((await anna.client.get('/me')).body.email).toBe(anna.email)
    const token = await tokenOf(to, 'email_change_confirm')
    expect((await nobody.get('/email-change/confirm')).status).toBe(405)
    expect((await nobody.post('/email-change/confirm', { token })).status).toBe(204)
    expect((await nobody.post('/email-change/confirm', { token })).body.code).toBe('link_refused')
    expect((await anna.client.get('/me')).body).toMatchObject({ email: to, login: to })
    const old = await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    const now = await makeClient(app.app).post('/sign-in', { login: to, password })
    expect([old.status, now.status]).toEqual([401, 200])
  })

  it('comes back by the link in the old mailbox, which ends all sessions', async () => {
    const anna = await fresh()
    await changeEmail(anna, `thief-${anna.email}`)
    await changeEmail(anna, `second-${anna.email}`)
    const token = await tokenOf(anna.email, 'email_changed_undo')
    const later = await tokenOf(`thief-${anna.email}`, 'email_changed_undo')
    expect((await nobody.post('/email-change/undo', { token })).status).toBe(204)
    expect((await anna.client.get('/session')).status).toBe(401)
    expect(await nobody.post('/email-change/undo', { token: later })).toMatchObject(refused)
    expect((await owner.get(`/users/${anna.id}`)).body).toMatchObject({
      email: anna.email,
      login: anna.email,
    })
    const again = await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    expect(again.body.status).toBe('signed_in')
  })

  it('is told to a proven number too, with the way back', async () => {
    const anna = await fresh()
    const asked = await anna.client.post('/me/phone', { phone: '+48600700811' })
    const code = (await newestMail(app, '+48600700811', 'phone_code'))?.code
    await anna.client.post('/me/phone/verify', { challenge_id: asked.body.challenge.id, code })
    await changeEmail(anna, `thief-${anna.email}`)
    const token = await tokenOf('+48600700811', 'email_changed_undo')
    expect((await nobody.post('/email-change/undo', { token })).status).toBe(204)
    expect((await owner.get(`/users/${anna.id}`)).body.email).toBe(anna.email)
  })

  it('takes a code that was mailed to the former address no more', async () => {
    const anna = await fresh()
    const begun = await anna.client.post('/step-up', { purpose: 'factors', password })
    const code = (await newestMail(app, anna.email, 'step_up_code'))?.code
    await changeEmail(anna, `moved-${anna.email}`)
    const answer = await anna.client.post(`/step-up/${begun.body.challenge.id}/verify`, { code })
    expect([answer.status, answer.body.code]).toEqual([403, 'challenge_closed'])
  })

  it('answers an address of a colleague like a free one and tells the colleague', async () => {
    const anna = await fresh()
    expect(await anna.client.post('/me/email', { email: 'OWNER@acme.test' })).toMatchObject({
      status: 202,
      body: {},
    })
    expect(await newestMail(app, 'owner@acme.test', 'email_taken')).toBeDefined()
    expect(await newestMail(app, 'owner@acme.test', 'email_change_confirm')).toBeUndefined()
  })

  it('leaves the login where the new address is a login elsewhere', async () => {
    const anna = await fresh()
    expect((await changeEmail(anna, 'owner@other.test')).status).toBe(204)
    expect((await anna.client.get('/me')).body).toMatchObject({
      email: 'owner@other.test',
      login: anna.email,
    })
  })

  it('takes the newest link alone, and none that became somebody else’s', async () => {
    const [anna, berta] = [await fresh(), await fresh()]
    const to = `wanted-${anna.email}`
    await anna.client.post('/me/email', { email: `other-${to}` })
    const first = await tokenOf(`other-${to}`, 'email_change_confirm')
    await anna.client.post('/me/email', { email: to })
    expect(await nobody.post('/email-change/confirm', { token: first })).toMatchObject(refused)
    const token = await tokenOf(to, 'email_change_confirm')
    await changeEmail(berta, to)
    const bertas = (await berta.client.get('/me')).body.email
    expect(await nobody.post('/email-change/confirm', { token })).toMatchObject(
      bertas === to ? refused : { status: 204 },
    )
  })

  it('needs a fresh confirmation and an address', async () => {
    const anna = await aColleague(app, owner)
    expect((await anna.client.post('/me/email', { email: 'a@b.test' })).body.code).toBe('step_up_required')
    await anna.client.stepUp()
    expect((await anna.client.post('/me/email', { email: 'no address' })).body.code).toBe('validation_failed')
  })
})

describe('the own mobile number', () => {
  it('counts once its code was answered', async () => {
    const anna = await fresh()
    const asked = await anna.client.post('/me/phone', { phone: '+48600700801' })
    expect(asked.body.challenge).toMatchObject({ purpose: 'phone_change', method: 'sms', sent: true })
    expect((await anna.client.get('/me')).body.phone_masked).toBeNull()
    const { id } = asked.body.challenge
    const wrong = await anna.client.post('/me/phone/verify', { challenge_id: id, code: '000000' })
    const code = (await newestMail(app, '+48600700801', 'phone_code'))?.code ?? ''
    if (code !== '000000') expect(wrong.body).toMatchObject({ code: 'code_wrong', attempts_left: 4 })
    expect((await owner.post('/me/phone/verify', { challenge_id: id, code })).body.code).toBe(
      'challenge_closed',
    )
    expect((await anna.client.post('/me/phone/verify', { challenge_id: id, code })).status).toBe(204)
    expect((await anna.client.get('/me')).body).toMatchObject({ phone_verified: true })
    expect(await newestMail(app, anna.email, 'phone_changed')).toBeDefined()
    await anna.client.stepUp()
    expect((await anna.client.del('/me/phone')).status).toBe(204)
    expect((await anna.client.get('/me')).body.phone_masked).toBeNull()
    expect(await newestMail(app, '+48600700801', 'phone_changed')).toBeDefined()
  })

  it('reached by a wrong digit lets a stranger end the change, and nothing more', async () => {
    const anna = await fresh()
    const asked = await anna.client.post('/me/phone', { phone: '+48600700802' })
    const sent = await newestMail(app, '+48600700802', 'phone_code')
    expect((await nobody.post('/sign-in/not-me', { token: sent?.token })).status).toBe(204)
    const given = { challenge_id: asked.body.challenge.id, code: sent?.code }
    expect((await anna.client.post('/me/phone/verify', given)).body.code).toBe('challenge_closed')
    expect((await anna.client.get('/session')).status).toBe(200)
    const again = await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    expect(again.body.status).toBe('signed_in')
  })

  it('must be one that gets codes', async () => {
    const anna = await fresh()
    for (const phone of ['+48221234567', '600700800', '+48700123456'])
      expect((await anna.client.post('/me/phone', { phone })).body.code).toBe('phone_not_allowed')
  })
})

describe('the own password', () => {
  it('changes with the present one; other sessions end, this one goes on with a new token', async () => {
    const anna = await fresh()
    const elsewhere = makeClient(app.app)
    await elsewhere.post('/sign-in', { login: anna.email, password })
    const before = anna.client.cookie
    const change = (current_password: string | undefined, new_password: string) =>
      anna.client.post('/me/password', {
        ...(current_password === undefined ? {} : { current_password }),
        new_password,
      })
    expect((await change(undefined, 'another long enough secret')).body.code).toBe('current_password_wrong')
    expect((await change('wrong', 'another long enough secret')).body.code).toBe('current_password_wrong')
    expect((await change(password, password)).body.code).toBe('password_reused')
    expect((await change(password, 'short')).body).toMatchObject({
      code: 'password_weak',
      reason: 'too_short',
    })
    expect((await change(password, 'x1y2z3'.repeat(60))).body).toMatchObject({ reason: 'too_long' })
    expect((await change(password, 'another long enough secret')).status).toBe(204)
    expect((await anna.client.get('/session')).status).toBe(200)
    expect(anna.client.cookie).not.toBe(before)
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect(await newestMail(app, anna.email, 'password_changed')).toBeDefined()
  })
})
