import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { setEntitlement } from '../accounts/index.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp()
const { owner, other } = app

const add = async (body: object) => {
  const made = await owner.post('/contacts', body)
  expect(made.status, made.raw).toBe(201)
  return made.body
}

describe('adding a contact', () => {
  test('a contact is stored in canonical spelling and answered with its place', async () => {
    const made = await owner.post('/contacts', {
      email: 'Anna@Example.ORG',
      phone: '600 700 800',
      first_name: '  Anna ',
      language: 'PL',
      country: 'pl',
    })
    expect(made.status, made.raw).toBe(201)
    expect(made.headers['location']).toBe(`/api/v1/contacts/${made.body.id}`)
    expect(made.headers['etag']).toBe('"1"')
    expect(made.body).toMatchObject({
      email: 'Anna@example.org',
      phone: '+48600700800',
      first_name: 'Anna',
      language: 'pl',
      country: 'PL',
      time_zone: 'Europe/Warsaw',
      state: 'active',
      source: 'manual',
      groups: [],
      fields: {},
    })
    expect(made.body.channels.email).toMatchObject({ suppressed: false, unsubscribed_at: null, consent: {} })
    expect((await owner.get(`/contacts/${made.body.id}`)).body).toEqual(made.body)
  })

  test('A@Ex.com and a@ex.com are one contact', async () => {
    const { id } = await add({ email: 'A@Ex.com' })
    const again = await owner.post('/contacts', { email: 'a@ex.com' })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ code: 'contact_exists', contact_id: id, key: 'email' })
  })

  test('of two creations of one e-mail at once one adds and one meets', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () =>
        owner.post('/contacts', { email: 'race@example.org', phone: '+48601000001' }),
      ),
    )
    expect(made.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409])
  })

  test('keys of two contacts are ambiguous, and both are named', async () => {
    const first = await add({ email: 'ambiguous@example.org' })
    const second = await add({ external_id: 'AMB-1' })
    const refused = await owner.post('/contacts', { email: 'ambiguous@example.org', external_id: 'AMB-1' })
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('ambiguous_match')
    expect(refused.body.contact_ids.sort()).toEqual([first.id, second.id].sort())
  })

  test('on_conflict=update changes the contact that is there, skip leaves it', async () => {
    const { id } = await add({ external_id: 'CONF-1', first_name: 'Old' })
    const skipped = await owner.post('/contacts', {
      external_id: 'CONF-1',
      first_name: 'New',
      on_conflict: 'skip',
    })
    expect(skipped).toMatchObject({ status: 200, body: { id, first_name: 'Old' } })
    const updated = await owner.post('/contacts', {
      external_id: 'CONF-1',
      first_name: 'New',
      email: 'conf@example.org',
      on_conflict: 'update',
    })
    expect(updated).toMatchObject({
      status: 200,
      body: { id, first_name: 'New', email: 'conf@example.org', version: 2 },
    })
  })

  test.each([
    ['no key', { first_name: 'Nobody' }, 'key_required', undefined],
    ['empty keys', { email: '', external_id: null }, 'key_required', undefined],
    ['an e-mail without domain', { email: 'anna' }, 'email_invalid', '/email'],
    ['an e-mail with a space', { email: 'an na@example.org' }, 'email_invalid', '/email'],
    ['an impossible number', { phone: '12' }, 'phone_invalid', '/phone'],
    ['letters as number', { phone: 'call me' }, 'phone_invalid', '/phone'],
    ['an unknown column', { email: 'x@example.org', nick: 'x' }, 'validation_failed', '/nick'],
    [
      'an unknown additional field',
      { email: 'x@example.org', fields: { nope: 1 } },
      'validation_failed',
      '/fields/nope',
    ],
    ['a wrong type', { email: 12 }, 'validation_failed', '/email'],
    ['a NUL', { external_id: 'a\u0000b' }, 'validation_failed', '/external_id'],
    ['half a surrogate pair', { external_id: 'a\ud800b' }, 'validation_failed', '/external_id'],
    ['a line break in a name', { external_id: 'nl', first_name: 'a\nb' }, 'validation_failed', '/first_name'],
    [
      'a name too long',
      { external_id: 'long', first_name: 'x'.repeat(151) },
      'validation_failed',
      '/first_name',
    ],
    ['no such country', { external_id: 'c', country: 'XX' }, 'validation_failed', '/country'],
    ['no such language', { external_id: 'l', language: 'not a tag' }, 'validation_failed', '/language'],
    ['no such time zone', { external_id: 't', time_zone: 'Mars/Base' }, 'validation_failed', '/time_zone'],
    [
      'a birthday in the future',
      { external_id: 'f', created_at: '2999-01-01T00:00:00Z' },
      'validation_failed',
      '/created_at',
    ],
    [
      'a day that does not exist',
      { external_id: 'd', created_at: '2026-02-30T00:00:00Z' },
      'validation_failed',
      '/created_at',
    ],
    [
      'an unknown group',
      { external_id: 'g', groups_add: ['01890000-0000-7000-8000-000000000000'] },
      'validation_failed',
      '/groups_add/0',
    ],
    [
      'a foreign basis for granted',
      { external_id: 'k', consent: [{ channel: 'email', state: 'granted', basis: 'unknown' }] },
      'validation_failed',
      '/consent/0/basis',
    ],
  ])('%s is refused and nothing is kept', async (_, body, code, pointer) => {
    const before = (await owner.get('/contacts/count')).body.count
    const refused = await owner.post('/contacts', body)
    expect(refused.status, refused.raw).toBe(422)
    expect(refused.body.code).toBe(code)
    if (pointer)
      expect(refused.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
    expect((await owner.get('/contacts/count')).body.count).toBe(before)
  })

  test('the account limit stops the next contact and names itself', async () => {
    const { db, otherAccountId } = app
    await inAccount(db, otherAccountId, (trx) => setEntitlement(trx, otherAccountId, 'limit.contacts', 2))
    const made = await Promise.all(
      ['1', '2', '3', '4'].map((id) => other.post('/contacts', { external_id: `limit-${id}` })),
    )
    expect(made.map((answer) => answer.status).sort()).toEqual([201, 201, 403, 403])
    expect(made.find((answer) => answer.status === 403)?.body).toMatchObject({
      code: 'limit_reached',
      limit_key: 'limit.contacts',
      limit: 2,
      used: 2,
    })
  })
})

describe('changing a contact', () => {
  test('null clears, what is left out stays, and the history tells who changed what', async () => {
    const { id } = await add({
      email: 'patch@example.org',
      external_id: 'P-1',
      first_name: 'Ada',
      company: 'Acme',
    })
    const changed = await owner.patch(`/contacts/${id}`, { first_name: 'Adam', company: null })
    expect(changed).toMatchObject({
      status: 200,
      body: { first_name: 'Adam', company: null, email: 'patch@example.org', version: 2 },
    })
    const history = await owner.get(`/contacts/${id}/changes`)
    expect(history.body.data).toHaveLength(2)
    expect(history.body.data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          field: 'first_name',
          old: 'Ada',
          new: 'Adam',
          actor: expect.objectContaining({ id: app.ownerId }),
        }),
        expect.objectContaining({ field: 'company', old: 'Acme', new: null }),
      ]),
    )
  })

  test('a change that changes nothing keeps the version', async () => {
    const { id } = await add({ external_id: 'P-2', first_name: 'Ada' })
    const same = await owner.patch(`/contacts/${id}`, { first_name: 'Ada' })
    expect(same).toMatchObject({ status: 200, body: { version: 1 } })
  })

  test('a stale version is refused', async () => {
    const { id } = await add({ external_id: 'P-3' })
    expect((await owner.patch(`/contacts/${id}`, { first_name: 'A' }, { 'if-match': '"1"' })).status).toBe(
      200,
    )
    const stale = await owner.patch(`/contacts/${id}`, { first_name: 'B' }, { 'if-match': '"1"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'version_conflict' } })
  })

  test('the last key cannot be taken away, and a key of somebody else not taken', async () => {
    const first = await add({ external_id: 'P-4' })
    const second = await add({ external_id: 'P-5', email: 'p5@example.org' })
    expect((await owner.patch(`/contacts/${first.id}`, { external_id: null })).body.code).toBe('key_required')
    expect((await owner.patch(`/contacts/${first.id}`, { email: 'P5@example.org' })).body).toMatchObject({
      status: 409,
      code: 'contact_exists',
      contact_id: second.id,
      key: 'email',
    })
  })

  test('of two contacts that take one key at once one gets it', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((name) => add({ external_id: `key-${name}` })))
    const answers = await Promise.all(
      made.map((contact) => owner.patch(`/contacts/${contact.id}`, { email: 'one-key@example.org' })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  })

  test('a new e-mail has no consent yet, unless it is stated again', async () => {
    const { id } = await add({
      email: 'c1@example.org',
      consent: [{ channel: 'email', state: 'granted', text: 'Fair 2026' }],
    })
    const moved = await owner.patch(`/contacts/${id}`, { email: 'c2@example.org' })
    expect(moved.body.channels.email.consent).toEqual({ marketing: 'unknown' })
    const stated = await owner.patch(`/contacts/${id}`, {
      email: 'c3@example.org',
      consent: [{ channel: 'email', state: 'granted', text: 'Said so on the phone' }],
    })
    expect(stated.body.channels.email.consent).toEqual({ marketing: 'granted' })
    const ledger = await owner.get(`/contacts/${id}/consents`)
    expect(ledger.body.data.map((entry: { state: string }) => entry.state)).toEqual([
      'granted',
      'unknown',
      'granted',
    ])
  })

  test('a restricted contact cannot be changed', async () => {
    const { id } = await add({ external_id: 'P-6' })
    await inAccount(app.db, app.accountId, (trx) =>
      sql`update contacts set state = 'restricted' where account_id = ${app.accountId} and id = ${id}`.execute(
        trx,
      ),
    )
    expect((await owner.patch(`/contacts/${id}`, { first_name: 'X' })).body).toMatchObject({
      status: 409,
      code: 'contact_restricted',
    })
  })
})
