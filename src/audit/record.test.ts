import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { bySystem, byUser, byVisitor } from './entry.ts'
import { deleteSubjects } from './queries.ts'
import { record } from './record.ts'
import { verifyChain } from './verify/verify.ts'

const app = await startTestApp()
const where = {
  address: '203.0.113.9',
  agent: 'Firefox · Linux',
  requestId: 'r-1',
  sessionHash: 'ab',
  amr: ['pwd'],
}
const anna = () => byUser(app.accountId, where, { userId: app.ownerId, name: 'Anna Kowalska' })
const write = (entry: Parameters<typeof record>[3], by = anna()) =>
  inAccount(app.db, app.accountId, (trx) => record(trx, app.deps, by, entry))
const latest = async () => (await app.owner.get('/audit-log?limit=1')).body.data[0]

describe('a record', () => {
  it('tells who did what to which object, from where, with the difference', async () => {
    await write({
      action: 'group.changed',
      object: { type: 'group', id: 'g-1' },
      diff: { before: { name: 'Old' }, after: { name: 'New' } },
    })
    await latest()
    const listed = await app.owner.get('/audit-log?action=group.changed')
    expect(listed.status).toBe(200)
    expect(listed.body.data[0]).toMatchObject({
      section: 'contacts',
      action: 'group.changed',
      actor: {
        type: 'user',
        id: app.ownerId,
        name: 'Anna Kowalska',
        login: 'owner@acme.test',
        on_behalf_of: null,
      },
      object: { type: 'group', id: 'g-1' },
      result: 'ok',
      address: '203.0.113.9',
      agent: 'Firefox · Linux',
      request_id: 'r-1',
      amr: ['pwd'],
      diff: { before: { name: 'Old' }, after: { name: 'New' } },
    })
    expect(listed.body.data[0].at).toMatch(/\.\d{6}Z$/)
  })

  it('is not there when its transaction is not', async () => {
    const before = await latest()
    const failed = inAccount(app.db, app.accountId, async (trx) => {
      await record(trx, app.deps, anna(), { action: 'group.deleted', object: { type: 'group', id: 'never' } })
      throw new Error('undone')
    })
    await expect(failed).rejects.toThrow('undone')
    expect((await app.owner.get('/audit-log?object_id=never')).body.data).toEqual([])
    expect((await latest()).seq).toBe(before.seq)
  })

  it('keeps texts that PostgreSQL could not: NUL and half surrogate pairs', async () => {
    await write({
      action: 'group.created',
      object: { type: 'group', id: 'a\0b' },
      reason: '\ud800',
      diff: { after: { n: 'x\0', '\udc00': 1 } },
    })
    expect((await verifyChain(app.deps, app.accountId)).ok).toBe(true)
  })

  it('survives the erasure of a person: names and addresses are gone, the chain is whole', async () => {
    const who = byVisitor(app.accountId, where, {
      userId: app.ownerId,
      name: 'Erasa Gone',
      login: 'gone@acme.test',
    })
    await write(
      {
        action: 'user.email_changed',
        object: { type: 'user', id: app.ownerId },
        diff: { before: { email: 'old@gone.test' }, after: { email: 'new@gone.test' } },
      },
      who,
    )
    const shown = (await app.owner.get('/audit-log?action=user.email_changed')).body.data[0]
    expect(shown.diff).toEqual({ before: { email: 'old@gone.test' }, after: { email: 'new@gone.test' } })
    await inAccount(app.db, app.accountId, (trx) => deleteSubjects(trx, app.accountId, app.ownerId))
    const after = (await app.owner.get('/audit-log?action=user.email_changed')).body.data[0]
    expect(after).toMatchObject({
      actor: { id: app.ownerId, name: null, login: null },
      address: null,
      agent: null,
      hash: shown.hash,
    })
    expect(JSON.stringify(after)).not.toContain('gone.test')
    expect((await verifyChain(app.deps, app.accountId)).ok).toBe(true)
  })

  it('never holds a personal word of a user in the chain itself', async () => {
    const { rows } = await inAccount(app.db, app.accountId, (trx) =>
      sql<{
        text: string
      }>`select e::text as text from audit_entries e where account_id = ${app.accountId}`.execute(trx),
    )
    expect(rows.map((row) => row.text).join('\n')).not.toMatch(/Kowalska|acme\.test|203\.0\.113|gone\.test/)
  })
})

it('has no gap and no double number under parallel load', async () => {
  const before = (await latest()).seq
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      write(
        { action: 'group.created', object: { type: 'group', id: `p-${n}` } },
        n % 2 ? anna() : bySystem(app.accountId),
      ),
    ),
  )
  const verdict = await verifyChain(app.deps, app.accountId)
  expect(verdict).toMatchObject({ ok: true, first_bad_seq: null, kind: null })
  expect(verdict.head_seq).toBe(before + 60)
})

describe('the runtime role', () => {
  it.each([
    ['update', sql`update audit_entries set action = 'logout'`],
    ['delete', sql`delete from audit_entries`],
    ['truncate', sql`truncate audit_entries`],
  ])('cannot %s the log', async (_name, statement) => {
    const tried = inAccount(app.db, app.accountId, (trx) => statement.execute(trx))
    await expect(tried).rejects.toThrow(/permission denied|append-only/)
  })
})
