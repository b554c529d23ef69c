import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { password, startTestApp } from '../../test/app.ts'
import { appCode, bindApp } from '../../test/second-factor.ts'
import { findBreakGlassCode, giveCodes, spendBreakGlassCode } from './index.ts'
import {
  anAccount,
  at,
  behindProxy,
  inside,
  mailsOf,
  outside,
  second,
  signInFrom,
  standingAt,
} from './test/places.ts'

const app = await startTestApp({ env: behindProxy })
const { client: owner, secret } = await bindApp(app, 'owner@acme.test')
const freshFactors = async () => {
  await app.advance(30)
  const asked = await owner.post('/step-up', { purpose: 'factors' })
  const done = await owner.post(`/step-up/${asked.body.challenge.id}/verify`, { code: appCode(app, secret) })
  expect(done.status).toBe(200)
}

describe('break-glass codes', () => {
  test('are two, shown once, and a new pair kills the old one', async () => {
    await freshFactors()
    expect((await owner.get('/me/break-glass-codes')).body).toEqual({ left: 0, created_at: null })
    const first = await owner.post('/me/break-glass-codes')
    expect([first.status, first.body.codes.length]).toEqual([201, 2])
    expect(first.body.codes[0]).toMatch(/^BG-[0-9A-HJKMNP-TV-Z]{6}(-[0-9A-HJKMNP-TV-Z]{1,6})+$/)
    await owner.post('/me/break-glass-codes')
    const whose = { accountId: app.accountId, userId: app.ownerId }
    const old = await inAccount(app.db, app.accountId, (trx) =>
      findBreakGlassCode(trx, { ...whose, code: first.body.codes[0] }),
    )
    expect(old).toBeNull()
    expect((await owner.get('/me/break-glass-codes')).body.left).toBe(2)
  })

  test('are read whatever the case, and spent by one of twenty parallel calls', async () => {
    const whose = { accountId: app.accountId, userId: app.ownerId }
    const [code = ''] = await inAccount(app.db, app.accountId, (trx) =>
      giveCodes(trx, app.deps, app.accountId, app.ownerId),
    )
    const codeId = await inAccount(app.db, app.accountId, (trx) =>
      findBreakGlassCode(trx, { ...whose, code: code.toLowerCase().replaceAll('-', ' ') }),
    )
    const spent = await Promise.all(
      Array.from({ length: 20 }, () =>
        inAccount(app.db, app.accountId, (trx) =>
          spendBreakGlassCode(trx, { ...whose, codeId: codeId ?? '' }),
        ),
      ),
    )
    expect(spent.filter(Boolean)).toHaveLength(1)
  })

  test('are for owners with a strong factor', async () => {
    const account = await anAccount(app)
    const { client } = await signInFrom(app, account.login('cy'), inside)
    expect((await client.get('/me/break-glass-codes')).body.code).toBe('permission_denied')
    const ann = await standingAt(app, account.login('ann'), inside)
    const refused = await ann.post('/me/break-glass-codes')
    expect([refused.status, refused.body.code]).toEqual([403, 'step_up_required'])
  })
})

describe('an exception by the operator', () => {
  test('needs two members of staff and lets exactly one user in from one address for its time', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    await signInFrom(app, account.login('bob'), inside)
    await app.nobody.post('/test/seed', { staff: [{ email: `second-${account.id}@example.com`, password }] })
    const asker = await standingAt(app, 'staff@example.com', '203.0.113.200')
    const decider = await standingAt(app, `second-${account.id}@example.com`, '203.0.113.201')
    const path = `/operator/accounts/${account.id}/ip-exceptions`
    const body = {
      user_id: account.users.bob,
      address: outside,
      hours: 2,
      ticket: 'T-1',
      evidence: 'Video call',
    }
    expect((await asker.post(path, { ...body, address: '192.0.2.0/24' })).body.code).toBe('bad_address')
    expect((await asker.post(path, { ...body, hours: 25 })).body.code).toBe('validation_failed')
    expect((await asker.post(path, { ...body, user_id: app.ownerId })).status).toBe(404)
    const asked = await asker.post(path, body)
    expect([asked.status, asked.body.approval?.kind, asked.body.approval?.state]).toEqual([
      202,
      'ip_exception',
      'pending',
    ])
    const decide = `/operator/approvals/${asked.body.approval.id}/approve`
    expect((await asker.post(decide)).body.code).toBe('self_approval')
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(401)
    expect((await decider.post(decide)).status).toBe(200)
    await app.due()

    const { client, answer } = await signInFrom(app, account.login('bob'), outside)
    expect(answer.status).toBe(200)
    const bob = at(client, outside)
    expect((await bob.get('/contacts')).body.code).toBe('session_limited')
    expect(await bob.policy()).toMatchObject({ current_address_allowed: false })
    expect((await ann.policy()).warnings).toContainEqual(
      expect.objectContaining({ code: 'exception_live', address: outside }),
    )
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(401)
    expect((await signInFrom(app, account.login('ann'), outside)).answer.status).toBe(401)
    expect(await mailsOf(app, 'break_glass_used', account.login('ann'))).toHaveLength(1)
    await app.advance(7_200)
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(401)
  })
})
