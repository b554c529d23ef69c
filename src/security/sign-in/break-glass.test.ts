import { beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { appCode, bindApp, outbox } from '../../test/second-factor.ts'
import { giveCodes } from '../network/index.ts'

const app = await startTestApp({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
const login = 'owner@acme.test'
const inside = { 'x-forwarded-for': '203.0.113.7' }
const outside = { 'x-forwarded-for': '198.51.100.9' }
const { client: owner, secret } = await bindApp(app, login)
const nextCode = async () => {
  await app.advance(30)
  return appCode(app, secret)
}
const asked = await owner.post('/step-up', { purpose: 'general' }, inside)
await owner.post(`/step-up/${asked.body.challenge.id}/verify`, { code: await nextCode() }, inside)
await owner.post('/security/ip-entries', { address: '203.0.113.7' }, inside)
const [first = '', second = ''] = await inAccount(app.db, app.accountId, (trx) =>
  giveCodes(trx, app.deps, app.accountId, app.ownerId),
)

beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

const begin = async (code: string) => {
  const client = makeClient(app.app)
  const answer = await client.post('/break-glass', { login, password, break_glass_code: code }, outside)
  return { client, answer, id: answer.body.challenge?.id }
}

describe('break-glass', () => {
  it.each([
    ['a wrong code', { login, password, break_glass_code: 'BG-AAAAAA-AAAAAA-AAAAAA-AAAAAA-AA' }],
    ['nonsense', { login, password, break_glass_code: 'x' }],
    ['a wrong password', { login, password: 'wrong wrong wrong', break_glass_code: first }],
    ['somebody else', { login: 'owner@other.test', password, break_glass_code: first }],
    ['nobody', { login: 'nobody@acme.test', password, break_glass_code: first }],
  ])('refuses %s in the same words', async (_what, body) => {
    const answer = await makeClient(app.app).post('/break-glass', body, outside)
    expect([answer.status, answer.body.code]).toEqual([401, 'sign_in_refused'])
  })

  it('asks for a strong factor and opens the security pages for an hour', async () => {
    const { client, answer, id } = await begin(first)
    expect(answer.body.challenge).toMatchObject({ purpose: 'break_glass', method: 'totp', alternatives: [] })
    expect((await client.get('/session', outside)).status).toBe(401)
    const proof = { recovery_code: '1-AAAA-AAAA-AAAA-AAAA' }
    expect((await client.post(`/sign-in/challenges/${id}/verify`, proof, outside)).body.code).toBe(
      'code_malformed',
    )
    const done = await client.post(`/sign-in/challenges/${id}/verify`, { code: await nextCode() }, outside)
    expect(done.body.session).toMatchObject({ limited: 'break_glass', amr: ['pwd', 'break_glass', 'totp'] })
    expect((await client.get('/security/ip-policy', outside)).status).toBe(200)
    expect((await client.get('/contacts', outside)).body.code).toBe('session_limited')
    expect(await outbox(app, login, 'break_glass_used')).toHaveLength(1)
    await app.advance(3_601)
    expect((await client.get('/security/ip-policy', outside)).status).toBe(401)
  })

  it('opens one exception per code, also in parallel', async () => {
    expect((await begin(first)).answer.status).toBe(401)
    const dialogues = [await begin(second), await begin(second)]
    const answers = []
    for (const { client, id } of dialogues)
      answers.push(await client.post(`/sign-in/challenges/${id}/verify`, { code: await nextCode() }, outside))
    expect(answers.map(({ status }) => status)).toEqual([200, 401])
  })
})
