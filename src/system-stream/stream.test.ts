import { describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { circumstances, emptyOutbox, listOutbox, notify, notifyAdministrators } from './index.ts'
import { startWorld, where } from './test/world.ts'

const { deps, db, accountId, userId, send, messages } = await startWorld()

const recipients = async () => (await listOutbox(deps, {})).map(({ to }) => to)

describe('the outbox', () => {
  test('shows a message as soon as the transaction that sent it is over', async () => {
    await emptyOutbox(deps)
    const id = await send()
    const [found, ...others] = await listOutbox(deps, {})
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
    expect(found?.raw).toMatch(/^DKIM-Signature: v=1;/)
  })

  test('shows nothing of a transaction that did not come to its end', async () => {
    await emptyOutbox(deps)
    const broken = inAccount(db, accountId, async (trx) => {
      await notify(trx, deps, { accountId, userId, kind: 'password_changed', values: {} })
      throw new Error('undone')
    })
    await expect(broken).rejects.toThrow('undone')
    expect(await listOutbox(deps, {})).toEqual([])
  })

  test('lists newest first, by recipient, kind and time', async () => {
    await emptyOutbox(deps)
    const first = await send({ to: { email: 'eve@example.com' } })
    const second = await send({ kind: 'password_changed', values: {} })
    const third = await send({ to: { phone: '+48601234567' } })
    const ids = async (filter: Parameters<typeof listOutbox>[1]) =>
      (await listOutbox(deps, filter)).map(({ id }) => id)
    expect(await ids({})).toEqual([third, second, first])
    expect(await ids({ limit: 1 })).toEqual([third])
    expect(await ids({ to: 'EVE@example.com' })).toEqual([first])
    expect(await ids({ to: ' 48601234567' })).toEqual([third])
    expect(await ids({ kind: 'password_changed' })).toEqual([second])
    expect(await ids({ since: new Date(deps.clock.now().getTime() + 60_000) })).toEqual([])
  })
})

describe('a message at rest', () => {
  test('belongs to the instance and shows neither recipient nor code nor link', async () => {
    await emptyOutbox(deps)
    await send({ to: { email: 'secret.person@example.com' } })
    const ofAccount = await inAccount(db, accountId, (trx) =>
      trx.selectFrom('system_messages').selectAll().execute(),
    )
    expect(ofAccount).toEqual([])
    const rows = await messages()
    expect(rows).toHaveLength(1)
    const plain = rows.flatMap((row) =>
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
    )
    expect(plain.join('\n')).not.toMatch(/secret\.person|12345678|token=/)
  })

  test('is sent while the caller’s transaction stays in its own account', async () => {
    const seen = await inAccount(db, accountId, async (trx) => {
      await Promise.all([
        notify(trx, deps, { accountId, userId, kind: 'new_device', values: {} }),
        notify(trx, deps, { accountId, userId, kind: 'new_device', values: {} }),
      ])
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
        .where('id', '=', userId)
        .execute(),
    )
  const notice = () =>
    inAccount(db, accountId, (trx) =>
      notify(trx, deps, { accountId, userId, kind: 'password_changed', values: circumstances(deps, where) }),
    )

  test('goes to the mailbox, and to the number once that is proven', async () => {
    await emptyOutbox(deps)
    await setPhone(false)
    await notice()
    expect(await recipients()).toEqual(['ada@example.com'])
    await emptyOutbox(deps)
    await setPhone(true)
    await notice()
    expect(await recipients()).toEqual(['+48601234567', 'ada@example.com'])
    const [text] = await listOutbox(deps, { limit: 1 })
    expect(text).toMatchObject({ channel: 'sms', subject: null, html: null, raw: null, code: null })
  })

  const tell = (exceptUserId?: string) =>
    inAccount(db, accountId, (trx) =>
      notifyAdministrators(trx, deps, {
        accountId,
        kind: 'ip_rollback',
        values: { added: ['203.0.113.0/24'], removed: [] },
        ...(exceptUserId === undefined ? {} : { exceptUserId }),
      }),
    )

  test('to administrators goes to their mailboxes and leaves out whoever is named', async () => {
    await emptyOutbox(deps)
    await tell()
    expect(await recipients()).toEqual(['ada@example.com'])
    await emptyOutbox(deps)
    await tell(userId)
    expect(await recipients()).toEqual([])
  })

  test('to somebody who is gone is no fault', async () => {
    await emptyOutbox(deps)
    const stranger = { accountId, userId: '0190a000-0000-7000-8000-0000000000aa' }
    await inAccount(db, accountId, (trx) =>
      notify(trx, deps, { ...stranger, kind: 'new_device', values: {} }),
    )
    expect(await recipients()).toEqual([])
  })
})
