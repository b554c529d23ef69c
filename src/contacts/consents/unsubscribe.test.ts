import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { recordUnsubscribe, undoUnsubscribe } from './unsubscribe.ts'

const app = await startTestApp()
const { owner, accountId } = app

let made = 0
const person = async (body: object = {}) => {
  made += 1
  const answer = await owner.post('/contacts', {
    email: `p${made}@example.org`,
    phone: `+48601${String(100_000 + made)}`,
    ...body,
  })
  expect(answer.status, answer.raw).toBe(201)
  return answer.body
}
const inSql = <T>(statement: ReturnType<typeof sql<T>>) =>
  inAccount(app.db, accountId, (trx) => statement.execute(trx))
const ask = async (id: string, query = 'channel=email') =>
  (await owner.get(`/contacts/${id}/sendability?${query}`)).body.reason

describe('unsubscribing', () => {
  const act = (contactId: string) =>
    ({
      accountId,
      contactId,
      channel: 'email',
      scope: { kind: 'all' },
      source: 'one_click',
      campaignId: null,
      addressIpTrunc: '192.0.2.0',
      wording: 'v1',
    }) as const

  test('a second unsubscribe changes nothing, and undoing returns to what stood before', async () => {
    const { id } = await person({ consent: [{ channel: 'email', state: 'granted', text: 'Form' }] })
    const write = (undo: boolean) =>
      inAccount(app.db, accountId, (trx) =>
        undo ? undoUnsubscribe(trx, act(id)) : recordUnsubscribe(trx, act(id)),
      )
    const results = await Promise.all([write(false), write(false), write(false)])
    expect(results.filter(Boolean)).toHaveLength(1)
    const channel = async () => (await owner.get(`/contacts/${id}`)).body.channels.email
    expect(await channel()).toMatchObject({ consent: { marketing: 'withdrawn' } })
    const ledger = (await owner.get(`/contacts/${id}/consents`)).body.data
    expect(ledger).toHaveLength(2)
    expect(ledger[0]).toMatchObject({
      state: 'withdrawn',
      source: 'one_click',
      proof: { address: '192.0.2.0', wording: 'v1' },
    })
    expect(await write(true)).toBe(true)
    expect(await write(true)).toBe(false)
    expect(await channel()).toMatchObject({
      unsubscribed_at: null,
      consent: { marketing: 'granted' },
      basis: { marketing: 'consent' },
    })
    expect(await write(false)).toBe(true)
    expect(await ask(id)).toBe('unsubscribed')
  })

  test('the account takes back only what it had set itself, and with a proof', async () => {
    const { id } = await person()
    await owner.post(`/contacts/${id}/unsubscribe`, { channel: 'email' })
    expect((await owner.post(`/contacts/${id}/resubscribe`, { channel: 'email' })).status).toBe(422)
    const back = await owner.post(`/contacts/${id}/resubscribe`, {
      channel: 'email',
      proof: 'Asked on the phone',
    })
    expect(back.body.channels.email).toMatchObject({
      unsubscribed_at: null,
      consent: { marketing: 'granted' },
    })
    await inAccount(app.db, accountId, (trx) => recordUnsubscribe(trx, act(id)))
    const refused = await owner.post(`/contacts/${id}/resubscribe`, { channel: 'email', proof: 'We want it' })
    expect(refused.body).toMatchObject({ status: 422, code: 'immutable' })
    expect(await ask(id)).toBe('unsubscribed')
  })

  test('the ledger cannot be changed by the program', async () => {
    await expect(
      inSql(sql`update consents set state = 'granted' where account_id = ${accountId}`),
    ).rejects.toThrow(/permission denied/)
  })

  test('the newest entry counts by its own time', async () => {
    const { id } = await person()
    const say = (state: string, at: string) =>
      owner.post(`/contacts/${id}/consents`, { channel: 'email', state, at })
    expect((await say('withdrawn', '2026-05-01T00:00:00Z')).status).toBe(201)
    await say('granted', '2026-04-01T00:00:00Z')
    expect((await owner.get(`/contacts/${id}`)).body.channels.email.consent.marketing).toBe('withdrawn')
    expect((await say('granted', '2999-01-01T00:00:00Z')).status).toBe(422)
    await say('granted', '2026-06-01T00:00:00Z')
    expect((await owner.get(`/contacts/${id}`)).body.channels.email.consent.marketing).toBe('granted')
  })
})
