import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { isGenuine } from '../checkpoints/signing.ts'
import type { Checkpoint } from '../contract.ts'
import { byUser } from '../entry.ts'
import { record } from '../record.ts'
import { verifyChain } from './verify.ts'

const app = await startTestApp()
const where = { address: '203.0.113.9', agent: 'Firefox', requestId: 'r', sessionHash: null, amr: [] }
const by = (accountId: string) => byUser(accountId, where, { userId: app.ownerId, name: 'Anna' })

/** Each case tampers with a chain of its own: the installation's accounts are made for it. */
let accountId = ''
beforeEach(async () => {
  const key = `tampered-${crypto.randomUUID()}`
  const seeded = await app.nobody.post('/test/seed', {
    accounts: [
      {
        name: 'Tampered',
        key,
        users: [{ email: `${key}@acme.test`, password: 'correct horse battery staple', roles: ['owner'] }],
      },
    ],
  })
  accountId = seeded.body.accounts[key].id
  await inAccount(app.db, accountId, async (trx) => {
    for (let n = 1; n <= 12; n += 1) {
      await record(trx, app.deps, by(accountId), {
        action: 'group.created',
        object: { type: 'group', id: `g-${n}` },
        diff: { after: { n } },
      })
    }
  })
})
const verify = (range: object = {}) =>
  app.staff.post('/operator/audit-log/verify', { account_id: accountId, ...range })
const tamper = async (op: string, seq: number) => {
  const answer = await app.nobody.post('/test/audit-tamper', { account_id: accountId, op, seq })
  expect(answer.status).toBe(204)
}

describe('an untouched chain', () => {
  it('is whole, also in parts', async () => {
    expect((await verify()).body).toEqual({
      ok: true,
      checked: 12,
      head_seq: 12,
      first_bad_seq: null,
      kind: null,
      checkpoints_checked: 0,
    })
    expect((await verify({ from_seq: 4, to_seq: 7 })).body).toMatchObject({ ok: true, checked: 4 })
    expect((await verify({ from_seq: 12 })).body).toMatchObject({ ok: true, checked: 1 })
    expect((await verify({ from_seq: 13 })).body).toMatchObject({ ok: true, checked: 0 })
    expect((await verify({ to_seq: 99 })).body).toMatchObject({ ok: true, checked: 12 })
  })

  it('is asked for in the right order and of an account that exists', async () => {
    expect((await verify({ from_seq: 5, to_seq: 4 })).status).toBe(422)
    expect((await verify({ from_seq: 0 })).status).toBe(422)
    const unknown = await app.staff.post('/operator/audit-log/verify', {
      account_id: '01900000-0000-7000-8000-000000000000',
    })
    expect(unknown.status).toBe(404)
  })
})

describe('a chain somebody touched as the owner of the database', () => {
  it.each([
    ['change', 1, 'hash_mismatch', 1],
    ['change', 6, 'hash_mismatch', 6],
    ['change', 12, 'hash_mismatch', 12],
    ['delete', 1, 'gap', 1],
    ['delete', 6, 'gap', 6],
    ['delete', 12, 'truncated', 12],
    ['insert', 6, 'hash_mismatch', 6],
    ['insert', 12, 'hash_mismatch', 12],
    ['swap', 6, 'hash_mismatch', 6],
    ['truncate', 9, 'truncated', 9],
    ['truncate', 1, 'truncated', 1],
  ])('by %s at %i shows as %s at %i', async (op, seq, kind, firstBad) => {
    await tamper(op, seq)
    expect((await verify()).body).toMatchObject({ ok: false, kind, first_bad_seq: firstBad })
  })

  it('shows in the part it touches and not in the others', async () => {
    await tamper('change', 6)
    expect((await verify({ to_seq: 5 })).body).toMatchObject({ ok: true, checked: 5 })
    expect((await verify({ from_seq: 6 })).body).toMatchObject({ ok: false, first_bad_seq: 6 })
    expect((await verify({ from_seq: 8 })).body).toMatchObject({ ok: true, checked: 5 })
  })

  it('shows when a name beside the chain was changed', async () => {
    await inAccount(app.db, accountId, async (trx) => {
      await sql`delete from audit_subjects where account_id = ${accountId}`.execute(trx)
      await sql`insert into audit_subjects (account_id, commitment, sealed)
        select distinct account_id, subject, '\\x00'::bytea from audit_entries where account_id = ${accountId}`.execute(
        trx,
      )
    })
    expect((await verify()).body).toMatchObject({ ok: false, kind: 'hash_mismatch', first_bad_seq: 1 })
  })
})

it('a checkpoint is made on demand and listed', async () => {
  const made = await app.owner.post('/audit-log/checkpoints')
  expect(made.status).toBe(201)
  expect(isGenuine(app.deps.config, made.body)).toBe(true)
  const listed = await app.owner.get('/audit-log/checkpoints')
  expect(listed.body.data).toContainEqual(made.body)
  expect((await app.owner.post('/audit-log/verify')).body).toMatchObject({ ok: true })
})

describe('a checkpoint', () => {
  const checkpoints = async () => {
    const { auditCheckpointSink: sink } = app.deps.config
    const text = await readFile(sink.kind === 'file' ? sink.path : '', 'utf8').catch(() => '')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Checkpoint)
      .filter((one) => one.account_id === accountId)
  }

  it('leaves the database every hour, signed', async () => {
    await app.advance(1)
    const [first, ...more] = await checkpoints()
    expect(more).toEqual([])
    expect(first).toMatchObject({ seq: 12, count: 12 })
    expect(first && isGenuine(app.deps.config, first)).toBe(true)
    expect(first && isGenuine(app.deps.config, { ...first, seq: 11 })).toBe(false)
    await app.advance(3_601)
    expect(await checkpoints()).toHaveLength(1)
    await inAccount(app.db, accountId, (trx) => record(trx, app.deps, by(accountId), { action: 'logout' }))
    await app.due()
    expect((await checkpoints()).map((one) => one.seq)).toEqual([12, 13])
    expect(await verifyChain(app.deps, accountId)).toMatchObject({ ok: true, checkpoints_checked: 2 })
  })

  it('tells that the end was cut off even where the head was turned back', async () => {
    await app.advance(1)
    await tamper('truncate', 9)
    await inAccount(app.db, accountId, (trx) =>
      sql`update audit_heads set seq = 8, hash = (select hash from audit_entries where seq = 8 and account_id = ${accountId})
        where account_id = ${accountId}`.execute(trx),
    )
    expect(await verifyChain(app.deps, accountId)).toMatchObject({
      ok: false,
      kind: 'truncated',
      first_bad_seq: 9,
    })
  })

  it('kept elsewhere tells that a chain was written anew', async () => {
    await app.advance(1)
    const kept = await checkpoints()
    const forged = kept.map((one) => ({ ...one, hash: 'ab'.repeat(32) }))
    expect(await verifyChain(app.deps, accountId, {}, kept)).toMatchObject({
      ok: true,
      checkpoints_checked: 2,
    })
    expect(await verifyChain(app.deps, accountId, {}, forged)).toMatchObject({
      kind: 'checkpoint_mismatch',
      first_bad_seq: 12,
    })
  })

  it('with another signature is no witness', async () => {
    await app.advance(1)
    await inAccount(app.db, accountId, (trx) =>
      sql`insert into audit_checkpoints (account_id, seq, hash, count, at, key_id, signature)
      select account_id, 3, hash, 3, at, key_id, signature from audit_checkpoints where account_id = ${accountId}`.execute(
        trx,
      ),
    )
    expect(await verifyChain(app.deps, accountId)).toMatchObject({
      ok: false,
      kind: 'checkpoint_mismatch',
      first_bad_seq: 3,
    })
  })
})
