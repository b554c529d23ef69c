import { describe, expect, test } from 'vitest'
import { inAccount } from '../../../db/pool.ts'
import { AppError } from '../../../http/errors.ts'
import { startTestApp } from '../../../test/app.ts'
import { bindApp } from '../../../test/second-factor.ts'
import { listFactors } from '../index.ts'
import { type CountedFactor, clearFailures, countFailure, refuseBackoff } from './attempts.ts'

const app = await startTestApp()
const where = { address: '127.0.0.1', agent: 'Program', requestId: 'test', sessionHash: null, amr: [] }
const place = (factor: CountedFactor) => ({ accountId: app.accountId, userId: app.ownerId, factor })
const fail = (factor: CountedFactor) =>
  refuseBackoff(app.deps, place(factor)).then(
    () => 'judged' as const,
    (error: unknown) =>
      error instanceof AppError ? Number(error.headers['retry-after']) : Promise.reject(error),
  )

describe('failures at one factor of one person', () => {
  test('fifty at once: ten are judged, the others wait', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fail('totp')))
    expect(answers.filter((one) => one === 'judged')).toHaveLength(10)
    expect(
      answers.filter((one) => one !== 'judged').every((one) => Number(one) > 0 && Number(one) <= 60),
    ).toBe(true)
  })

  test('after that one a minute, then two, four, up to sixty', async () => {
    const waits: unknown[] = []
    for (let round = 0; round < 4; round += 1) {
      waits.push(await fail('totp'))
      await app.advance(60 * 2 ** round)
      expect(await fail('totp')).toBe('judged')
    }
    expect(waits.map((wait) => Math.round(Number(wait) / 60))).toEqual([1, 2, 4, 8])
  })

  test('of another factor or another person are counted apart', async () => {
    expect(await fail('sms')).toBe('judged')
    const other = { accountId: app.otherAccountId, userId: app.ownerId, factor: 'totp' as const }
    await expect(refuseBackoff(app.deps, other)).rejects.toThrow()
  })

  test('a right one is given back, and the row of failures is broken', async () => {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      expect(await fail('email')).toBe('judged')
      await inAccount(app.db, app.accountId, (trx) => clearFailures(trx, place('email')))
    }
  })
})

test('the fiftieth wrong code in a row disables the app, which goes on being asked for', async () => {
  const { client } = await bindApp(app, 'owner@acme.test')
  for (let failure = 1; failure <= 50; failure += 1) {
    await app.advance(3_601)
    expect(await fail('totp')).toBe('judged')
    await countFailure(app.deps, { ...place('totp'), where })
    const [factor] = await inAccount(app.db, app.accountId, (trx) =>
      listFactors(trx, app.accountId, app.ownerId),
    )
    expect(factor?.state).toBe(failure < 50 ? 'active' : 'disabled')
  }
  expect(await fail('totp')).toBe(3_600)
  expect(client.cookie).toContain('sid=')
  const again = await app.nobody.post('/sign-in', {
    login: 'owner@acme.test',
    password: 'correct horse battery staple',
  })
  expect(again.body.status).toBe('enrolment_required')
})
