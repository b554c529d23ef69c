import { describe, expect, test } from 'vitest'
import { inAccount, instanceAccountId } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { circumstances, notify, notifyAdministrators, sendSystem } from './index.ts'
import type { SystemMessage } from './kinds.ts'

const app = await startTestApp()
const { deps, db, accountId, nobody } = app
const where = { address: '203.0.113.7', agent: 'Firefox · Linux' }

const send = (message: object = {}) =>
  inAccount(db, accountId, (trx) =>
    sendSystem(trx, deps, {
      accountId,
      userId: app.ownerId,
      kind: 'sign_in_code',
      to: { email: 'ada@example.com' },
      language: 'en',
      values: { ...circumstances(deps, where), code: '12345678', notMeToken: 'tok' },
      ...message,
    } as unknown as SystemMessage),
  )
const outbox = async (query = '') => (await nobody.get(`/test/outbox${query}`)).body.data
const empty = () => nobody.send({ method: 'DELETE', url: '/test/outbox' })

describe('the outbox of test support', () => {
  test('shows a message as soon as the transaction that sent it is over', async () => {
    await empty()
    const id = await send()
    const [found, ...others] = await outbox()
    expect(others).toEqual([])
    expect(found).toMatchObject({
      id,
      channel: 'email',
      kind: 'sign_in_code',
      to: 'ada@example.com',
      from: deps.config.systemSender,
      subject: 'Your sign-in code',
      code: '12345678',
      link: 'http://localhost:8420/not-me#token=tok',
      token: 'tok',
    })
    expect(Object.keys(found).toSorted()).toEqual(
      'channel code created_at from html id kind link raw subject text to token'.split(' ').toSorted(),
    )
    expect(found.text).toContain('12345678')
    expect(found.html).toContain('12345678')
    expect(found.raw).toMatch(/^DKIM-Signature: v=1;.*\r\n/)
  })

  test('shows nothing of a transaction that did not come to its end', async () => {
    await empty()
    const broken = inAccount(db, accountId, async (trx) => {
      await notify(trx, deps, { accountId, userId: app.ownerId, kind: 'password_changed', values: {} })
      throw new Error('undone')
    })
    await expect(broken).rejects.toThrow('undone')
    expect(await outbox()).toEqual([])
  })

  test('lists newest first, by recipient, kind and time', async () => {
    await empty()
    const first = await send({ to: { email: 'eve@example.com' } })
    const second = await send({ kind: 'password_changed', values: {} })
    const third = await send({ to: { phone: '+48601234567' } })
    const ids = async (query: string) => (await outbox(query)).map(({ id }: { id: string }) => id)
    expect(await ids('')).toEqual([third, second, first])
    expect(await ids('?limit=1')).toEqual([third])
    expect(await ids('?to=EVE@example.com')).toEqual([first])
    expect(await ids('?to=%2B48601234567')).toEqual([third])
    expect(await ids('?to=+48601234567')).toEqual([third])
    expect(await ids('?kind=password_changed')).toEqual([second])
    expect(await ids(`?since=${deps.clock.now().getUTCFullYear() + 1}-01-01T00:00:00.000Z`)).toEqual([])
    expect((await nobody.get('/test/outbox?limit=x')).status).toBe(422)
    expect((await nobody.get('/test/outbox?since=2030-02-30T00:00:00Z')).status).toBe(422)
  })

  test('is empty after it was emptied', async () => {
    await send()
    expect((await empty()).status).toBe(204)
    expect(await outbox()).toEqual([])
  })
})

describe('a message at rest', () => {
  test('belongs to the instance and shows neither recipient nor code', async () => {
    await empty()
    await send({ to: { email: 'secret.person@example.com' } })
    const ofAccount = await inAccount(db, accountId, (trx) =>
      trx.selectFrom('system_messages').selectAll().execute(),
    )
    expect(ofAccount).toEqual([])
    const rows = await inAccount(db, instanceAccountId, (trx) =>
      trx.selectFrom('system_messages').selectAll().execute(),
    )
    expect(rows).toHaveLength(1)
    const plain = rows.map((row) =>
      Object.values(row)
        .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
        .join('\n'),
    )
    expect(plain.join()).not.toMatch(/secret\.person|12345678|#token/)
  })

  test('is sent while the caller’s transaction stays in its own account', async () => {
    const seen = await inAccount(db, accountId, async (trx) => {
      await notify(trx, deps, { accountId, userId: app.ownerId, kind: 'new_device', values: {} })
      return trx.selectFrom('users').select('account_id').execute()
    })
    expect(new Set(seen.map((row) => row.account_id))).toEqual(new Set([accountId]))
  })
})

describe('a notice', () => {
  const setPhone = (verified: boolean) =>
    inAccount(db, accountId, (trx) =>
      trx
        .updateTable('users')
        .set({ phone: '+48601234567', phone_verified_at: verified ? deps.clock.now() : null })
        .where('account_id', '=', accountId)
        .where('id', '=', app.ownerId)
        .execute(),
    )
  const notice = () =>
    inAccount(db, accountId, (trx) =>
      notify(trx, deps, {
        accountId,
        userId: app.ownerId,
        kind: 'password_changed',
        values: circumstances(deps, where),
      }),
    )

  test('goes to the mailbox, and to the number once that is proven', async () => {
    await empty()
    await setPhone(false)
    await notice()
    expect((await outbox()).map(({ to }: { to: string }) => to)).toEqual(['owner@acme.test'])
    await empty()
    await setPhone(true)
    await notice()
    const both = await outbox()
    expect(both.map(({ to }: { to: string }) => to)).toEqual(['+48601234567', 'owner@acme.test'])
    expect(both[0]).toMatchObject({ channel: 'sms', subject: null, html: null, raw: null, code: null })
  })

  test('to administrators leaves out whoever is named', async () => {
    const tell = (exceptUserId?: string) =>
      inAccount(db, accountId, (trx) =>
        notifyAdministrators(trx, deps, {
          accountId,
          kind: 'ip_rollback',
          values: { added: ['203.0.113.0/24'], removed: [] },
          ...(exceptUserId === undefined ? {} : { exceptUserId }),
        }),
      )
    await empty()
    await tell()
    expect((await outbox()).map(({ to }: { to: string }) => to)).toEqual(['owner@acme.test'])
    await empty()
    await tell(app.ownerId)
    expect(await outbox()).toEqual([])
  })

  test('to somebody who is gone is no fault', async () => {
    await inAccount(db, accountId, (trx) =>
      notify(trx, deps, {
        accountId,
        userId: '0190a000-0000-7000-8000-0000000000aa',
        kind: 'new_device',
        values: {},
      }),
    )
  })
})
