import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { newestMail, strangersAnswered } from '../../test/people.ts'

const app = await startTestApp({ jobs: true })
const { nobody } = app

const given = (email: string, more: object = {}) => ({
  email,
  account_name: 'Bakery',
  first_name: 'Ewa',
  last_name: 'Nowak',
  terms: true,
  ...more,
})
const signUp = async (email: string, more: object = {}) => {
  const answer = await nobody.post('/sign-up', given(email, more))
  await strangersAnswered(app)
  return answer
}

/** As the console does it: count until the hash begins with enough zero bits. */
const solve = (puzzle: string) => {
  const bits = Number(puzzle.split('.')[0])
  for (let nonce = 0; ; nonce += 1) {
    const hash = createHash('sha256').update(`${puzzle}.${nonce}`).digest()
    if (hash.readUInt32BE(0) >>> (32 - bits) === 0) return { puzzle, nonce: String(nonce) }
  }
}

describe('signing up', () => {
  it('opens an account by the mailed link; the password is chosen there', async () => {
    expect(await signUp('ewa@bakery.test')).toMatchObject({ status: 202, body: {} })
    const early = makeClient(app.app)
    expect((await early.post('/sign-in', { login: 'ewa@bakery.test', password })).status).toBe(401)
    const token = (await newestMail(app, 'ewa@bakery.test', 'activation'))?.token
    expect((await nobody.post('/activation/inspect', { token })).body).toEqual({
      account_name: 'Bakery',
      min_length: 15,
    })
    const weak = await nobody.post('/activation/complete', { token, password: 'bakery-bakery-2024' })
    expect(weak.body).toMatchObject({ code: 'password_weak', reason: 'context' })
    const done = await nobody.post('/activation/complete', { token, password })
    expect(done.body).toEqual({ status: 'activated', login: 'ewa@bakery.test' })
    const again = await nobody.post('/activation/complete', { token, password })
    expect(again.body.code).toBe('link_refused')
    const ewa = makeClient(app.app)
    const session = (await ewa.post('/sign-in', { login: 'ewa@bakery.test', password })).body.session
    expect(session).toMatchObject({ account: { name: 'Bakery' }, roles: [{ name: 'Owner' }] })
    expect((await ewa.get('/account')).body).toMatchObject({ status: 'test' })
  })

  it('answers a known address alike, and tells its holder', async () => {
    expect(await signUp('owner@acme.test')).toMatchObject({ status: 202, body: {} })
    expect(await newestMail(app, 'owner@acme.test', 'sign_up_existing')).toBeDefined()
    expect(await newestMail(app, 'owner@acme.test', 'activation')).toBeUndefined()
  })

  it('asks for work from the third of an address on and ends at the fifth', async () => {
    await nobody.post('/test/reset-limits')
    await signUp('one@bakery.test')
    await signUp('two@bakery.test')
    const third = await signUp('three@bakery.test')
    expect(third.body.code).toBe('puzzle_required')
    const proof = solve(third.body.puzzle)
    const wrong = await signUp('three@bakery.test', { proof: { ...proof, nonce: 'x' } })
    expect(wrong.body.code).toBe('puzzle_required')
    const forged = await signUp('three@bakery.test', {
      proof: { puzzle: proof.puzzle.replace(/^16/, '1'), nonce: '1' },
    })
    expect(forged.body.code).toBe('puzzle_required')
    expect((await signUp('three@bakery.test', { proof })).status).toBe(202)
    expect((await signUp('four@bakery.test', { proof })).body.code).toBe('puzzle_required')
    const more = async () => solve((await signUp('four@bakery.test')).body.puzzle)
    expect((await signUp('four@bakery.test', { proof: await more() })).status).toBe(202)
    expect((await signUp('five@bakery.test', { proof: await more() })).status).toBe(202)
    expect((await signUp('six@bakery.test', { proof: await more() })).body.code).toBe('rate_limited')
    await nobody.post('/test/reset-limits')
  })

  it('gives the address to whoever activates first; the other link is dead', async () => {
    await signUp('twice@bakery.test')
    const first = (await newestMail(app, 'twice@bakery.test', 'activation'))?.token
    await signUp('twice@bakery.test')
    const second = (await newestMail(app, 'twice@bakery.test', 'activation'))?.token
    const answers = await Promise.all(
      [first, second].map((token) => nobody.post('/activation/complete', { token, password })),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 400])
    await nobody.post('/test/reset-limits')
  })

  it.each([
    ['no consent to the terms', { terms: false }],
    ['a password of its own', { password }],
    ['a nameless account', { account_name: 'x' }],
    ['no address', { email: 'ewa' }],
  ])('refuses %s', async (_case, more) => {
    expect((await nobody.post('/sign-up', given('ewa2@bakery.test', more))).body.code).toBe(
      'validation_failed',
    )
  })

  it('lives 24 hours', async () => {
    await signUp('late@bakery.test')
    const token = (await newestMail(app, 'late@bakery.test', 'activation'))?.token
    await app.advance(24 * 3600)
    expect((await nobody.post('/activation/inspect', { token })).body.code).toBe('link_refused')
  })
})
