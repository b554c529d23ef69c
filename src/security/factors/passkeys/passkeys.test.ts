import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../../test/app.ts'
import { aColleague } from '../../../test/people.ts'
import { outbox } from '../../../test/second-factor.ts'
import { type SoftwarePasskey, softwarePasskey, type Twist } from '../../../test/software-passkey.ts'

const app = await startTestApp()
const home = { origin: 'http://localhost:8420', rpId: 'localhost' }
beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

const freshen = (accountId: string) =>
  inAccount(app.db, accountId, (trx) =>
    sql`update sessions set fresh_general_until = app_now() + interval '5 minutes',
      fresh_factors_until = app_now() + interval '5 minutes' where account_id = ${accountId}`.execute(trx),
  )
const begin = async (client: Client, accountId = app.accountId) => {
  await freshen(accountId)
  return (await client.post('/me/factors/passkeys/options')).body as {
    id: string
    options: {
      challenge: string
      rp: { id: string }
      excludeCredentials: { id: string }[]
      user: { id: string }
    }
  }
}
const bind = async (client: Client, key: SoftwarePasskey, name = 'Key') => {
  const { id, options } = await begin(client)
  const answer = await client.post('/me/factors/passkeys', { id, credential: key.register(options), name })
  if (answer.status !== 201) throw new Error(answer.raw)
  return answer.body.factor.id as string
}
/** Password, then the options of the challenge. */
const ask = async (login: string) => {
  const client = makeClient(app.app)
  const { body } = await client.post('/sign-in', { login, password })
  const verify = (credential: object) =>
    client.post(`/sign-in/challenges/${body.challenge.id}/verify`, { credential })
  return { client, challenge: body.challenge, verify }
}

describe('binding a passkey', () => {
  test('tells the browser what is wanted, and excludes what is bound', async () => {
    const key = softwarePasskey(home)
    const { options } = await begin(app.owner)
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Campanile' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      excludeCredentials: [],
    })
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32)
    await bind(app.owner, key, 'Laptop')
    const again = await begin(app.owner)
    expect(again.options.excludeCredentials.map(({ id }) => id)).toEqual([key.id])
    const own = await app.owner.get('/me/factors')
    expect(own.body.factors).toMatchObject([{ type: 'passkey', name: 'Laptop', strength: 'strong' }])
    expect((await outbox(app, 'owner@acme.test', 'passkey_added')).length).toBe(1)
  })

  const wrong: readonly (readonly [string, Twist])[] = [
    ['another origin', { origin: 'http://localhost:9999' }],
    ['an origin that only begins like ours', { origin: 'http://localhost:8420.evil.test' }],
    ['https where we are http', { origin: 'https://localhost:8420' }],
    ['another relying party', { rpId: 'evil.test' }],
    ['a challenge that is not the one given', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['no user verification', { unverified: true }],
  ]
  test.each(wrong)('is refused with %s', async (_name, twist) => {
    const { id, options } = await begin(app.owner)
    const credential = softwarePasskey(home).register(options, twist)
    const answer = await app.owner.post('/me/factors/passkeys', { id, credential })
    expect([answer.status, answer.body.code]).toEqual([403, 'credential_refused'])
  })

  test.each([
    {},
    { id: 'x' },
    { id: 1, rawId: [], response: null },
    {
      id: 'AAAA',
      rawId: 'AAAA',
      type: 'public-key',
      response: { clientDataJSON: 'AAAA', attestationObject: 'oA' },
    },
  ])('garbage in the place of a credential is refused, not a fault: %j', async (credential) => {
    const { id } = await begin(app.owner)
    const answer = await app.owner.post('/me/factors/passkeys', { id, credential })
    expect([answer.status, answer.body.code]).toEqual([403, 'credential_refused'])
  })

  test('both spellings of the loopback origin are ours', async () => {
    const { client } = await aColleague(app, app.owner)
    const { id, options } = await begin(client)
    const credential = softwarePasskey({ ...home, origin: 'http://127.0.0.1:8420' }).register(options)
    expect((await client.post('/me/factors/passkeys', { id, credential })).status).toBe(201)
  })

  test('a challenge serves one attempt, in the session that asked, for five minutes', async () => {
    const key = softwarePasskey(home)
    const one = await begin(app.owner)
    const credential = key.register(one.options)
    const stranger = await app.other.post('/me/factors/passkeys', { id: one.id, credential })
    expect([stranger.status, stranger.body.code]).toEqual([403, 'challenge_closed'])
    await app.owner.post('/me/factors/passkeys', { id: one.id, credential: {} })
    expect((await app.owner.post('/me/factors/passkeys', { id: one.id, credential })).body.code).toBe(
      'challenge_closed',
    )
    const late = await begin(app.owner)
    await app.advance(301)
    const answer = await app.owner.post('/me/factors/passkeys', {
      id: late.id,
      credential: key.register(late.options),
    })
    expect(answer.body.code).toBe('challenge_closed')
  })

  test('a credential that is somebody’s already is refused, also in another account', async () => {
    const key = softwarePasskey(home)
    await bind(app.owner, key)
    const { id, options } = await begin(app.other, app.otherAccountId)
    const answer = await app.other.post('/me/factors/passkeys', { id, credential: key.register(options) })
    expect([answer.status, answer.body.code]).toEqual([403, 'credential_refused'])
  })

  test('ten are enough', async () => {
    const { client } = await aColleague(app, app.owner)
    for (let made = 0; made < 10; made += 1) await bind(client, softwarePasskey(home))
    await freshen(app.accountId)
    const answer = await client.post('/me/factors/passkeys/options')
    expect([answer.status, answer.body.code]).toEqual([409, 'limit'])
  })
})

describe('a passkey after the password', () => {
  test('signs in, and a wrong answer costs an attempt like a wrong code', async () => {
    const { client, email } = await aColleague(app, app.owner)
    const key = softwarePasskey(home)
    await bind(client, key)
    const { challenge, verify } = await ask(email)
    expect(challenge).toMatchObject({
      method: 'passkey',
      options: { userVerification: 'required', rpId: 'localhost' },
    })
    for (const twist of [
      { origin: 'https://evil.test' },
      { unverified: true as const },
      { challenge: 'AAAA' },
      { userHandle: Buffer.from(app.ownerId).toString('base64url') },
    ]) {
      expect((await verify(key.answer(challenge.options, twist))).body.code).toBe('code_wrong')
    }
    expect((await verify(key.answer(challenge.options))).body.session.amr).toEqual(['pwd', 'passkey'])
  })

  test('of somebody else opens nothing', async () => {
    const mine = softwarePasskey(home)
    const theirs = softwarePasskey(home)
    const one = await aColleague(app, app.owner)
    const two = await aColleague(app, app.owner)
    await bind(one.client, mine)
    await bind(two.client, theirs)
    const { challenge, verify } = await ask(one.email)
    expect((await verify(theirs.answer(challenge.options))).body.code).toBe('code_wrong')
  })

  test('with a falling counter still opens, and the person is told', async () => {
    const { client, email } = await aColleague(app, app.owner)
    const key = softwarePasskey(home)
    await bind(client, key)
    const first = await ask(email)
    expect((await first.verify(key.answer(first.challenge.options, { counter: 9 }))).status).toBe(200)
    const before = (await outbox(app, email, 'mfa_changed')).length
    const second = await ask(email)
    expect((await second.verify(key.answer(second.challenge.options, { counter: 3 }))).status).toBe(200)
    expect((await outbox(app, email, 'mfa_changed')).length).toBe(before + 1)
    const third = await ask(email)
    expect((await third.verify(key.answer(third.challenge.options, { counter: 0 }))).status).toBe(200)
  })
})

describe('owners whose account wants keys that stay on one device', () => {
  test('cannot bind a key that is copied about; others can', async () => {
    await inAccount(app.db, app.accountId, (trx) =>
      sql`insert into account_security (account_id, device_bound_owners) values (${app.accountId}, true)
        on conflict (account_id) do update set device_bound_owners = true`.execute(trx),
    )
    const synced = { ...home, synced: true }
    const { id, options } = await begin(app.owner)
    const answer = await app.owner.post('/me/factors/passkeys', {
      id,
      credential: softwarePasskey(synced).register(options),
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'not_device_bound'])
    const { client } = await aColleague(app, app.owner)
    await bind(client, softwarePasskey(synced))
  })
})
