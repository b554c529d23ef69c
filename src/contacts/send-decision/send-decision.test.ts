import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { accountKeys } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { recordUnsubscribe } from '../consents/unsubscribe.ts'
import { sendReasons } from '../shapes/contract.ts'
import { addressHash } from '../suppressions/address.ts'
import { sendDecision } from './queries.ts'

const app = await startTestApp()
const { owner, other, nobody, accountId } = app

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
const both = async (id: string) => [await ask(id), await ask(id, 'channel=email&purpose=transactional')]
const suppress = (address: string, reason: string) =>
  owner.post('/suppressions', { items: [{ channel: 'email', address, reason }] })
const setReason = (address: string, reason: string) =>
  inSql(
    sql`update suppressions set reason = ${reason}, kind = 'all' where account_id = ${accountId} and address = ${address}`,
  )

describe('each notion alone, for marketing and for transactional messages', () => {
  test('nothing stands against a plain contact', async () => {
    expect(await both((await person()).id)).toEqual([null, null])
  })

  test('without an address nobody is written to', async () => {
    const { id } = await person({ email: null })
    expect(await both(id)).toEqual(['no_address', 'no_address'])
    expect(await ask(id, 'channel=push')).toBe('no_address')
    expect(await ask(id, 'channel=sms')).toBeNull()
  })

  test.each([
    ['hard_bounced', 'hard_bounced'],
    ['soft_bounced_repeatedly', 'soft_bounced_repeatedly'],
    ['blacklisted_address', 'blacklisted_address'],
    ['complained', null],
    ['unsubscribed', null],
  ])('suppression %s', async (reason, transactional) => {
    const contact = await person()
    await suppress(contact.email.toUpperCase(), reason)
    expect(await both(contact.id)).toEqual([reason, transactional])
    expect(await ask(contact.id, 'channel=sms')).toBeNull()
  })

  test.each(['erased', 'invalid_address'])('suppression %s stops everything', async (reason) => {
    const contact = await person()
    await suppress(contact.email, 'hard_bounced')
    await setReason(contact.email, reason)
    expect(await both(contact.id)).toEqual([reason, reason])
  })

  test('a suppression stays with its address, not with the contact', async () => {
    const contact = await person()
    await suppress(contact.email, 'hard_bounced')
    await owner.patch(`/contacts/${contact.id}`, { email: `moved-${contact.email}` })
    expect(await ask(contact.id)).toBeNull()
    expect(await ask((await person({ email: contact.email })).id)).toBe('hard_bounced')
  })

  test('an expired suppression no longer counts', async () => {
    const contact = await person()
    const at = new Date(app.deps.clock.now().getTime() + 3_600_000).toISOString()
    await owner.post('/suppressions', {
      items: [{ channel: 'email', address: contact.email, expires_at: at }],
    })
    expect(await ask(contact.id)).toBe('blacklisted_address')
    await inSql(
      sql`update suppressions set expires_at = app_now() - interval '1 minute' where account_id = ${accountId} and address = ${contact.email}`,
    )
    expect(await ask(contact.id)).toBeNull()
  })

  test.each([
    ['exact', false, 'rule.example', 'blacklisted_domain'],
    ['exact', false, 'sub.rule2.example', null],
    ['with subdomains', true, 'a.sub.rule3.example', 'blacklisted_domain'],
    ['with subdomains', true, 'norule4.example', null],
  ])('domain rule %s (%s) on %s', async (_, withSubdomains, domain, reason) => {
    const rule = /rule\d?\.example$/.exec(domain)?.[0]
    await inSql(sql`insert into suppression_domains (account_id, id, domain, with_subdomains)
      values (${accountId}, uuid_v7(), ${rule}, ${withSubdomains})`)
    expect(await both((await person({ email: `x@${domain}` })).id)).toEqual([reason, reason])
  })

  test('restriction stops both, archive marketing only', async () => {
    const contact = await person()
    const state = (value: string) =>
      inSql(sql`update contacts set state = ${value} where account_id = ${accountId} and id = ${contact.id}`)
    await state('restricted')
    expect(await both(contact.id)).toEqual(['restricted', 'restricted'])
    await state('archived')
    expect(await both(contact.id)).toEqual(['archived', null])
  })

  test('a channel block stops both, on its channel', async () => {
    const { id } = await person()
    const blocked = await owner.post(`/contacts/${id}/block`, { channel: 'email', reason: 'asked' })
    expect(blocked.body.channels.email.blocked_at).not.toBeNull()
    expect(await both(id)).toEqual(['channel_blocked', 'channel_blocked'])
    expect(await ask(id, 'channel=sms')).toBeNull()
    await owner.post(`/contacts/${id}/unblock`, { channel: 'email' })
    expect(await both(id)).toEqual([null, null])
    const set = await owner.patch(`/contacts/${id}`, { blocked_channels: ['sms', 'email'] })
    expect(set.body.channels.sms.blocked_at).not.toBeNull()
    await owner.patch(`/contacts/${id}`, { blocked_channels: [] })
    expect(await both(id)).toEqual([null, null])
  })

  test('an unsubscribe stops campaigns of its channel', async () => {
    const { id } = await person()
    await owner.post(`/contacts/${id}/unsubscribe`, { channel: 'email' })
    expect(await both(id)).toEqual(['unsubscribed', null])
    expect(await ask(id, 'channel=sms')).toBeNull()
  })

  test('an unsubscribe from a topic stops that topic only', async () => {
    const [a, b] = await Promise.all(
      ['Topic A', 'Topic B'].map(
        async (name) => (await owner.post('/groups', { name, visibility: 'public' })).body,
      ),
    )
    const { id } = await person()
    await owner.post(`/contacts/${id}/unsubscribe`, { channel: 'email', topic_id: a.id })
    expect(await ask(id, `channel=email&group_id=${a.id}`)).toBe('unsubscribed')
    expect(await ask(id, `channel=email&group_id=${b.id}`)).toBeNull()
    expect(await ask(id)).toBeNull()
  })

  test('who has left a topic is not written to about it', async () => {
    const topic = (await owner.post('/groups', { name: 'Topic L', visibility: 'public' })).body
    const { id } = await person({ groups_add: [topic.id] })
    await inSql(
      sql`update contact_group_members set state = 'left' where account_id = ${accountId} and contact_id = ${id}`,
    )
    expect(await ask(id, `channel=email&group_id=${topic.id}`)).toBe('group_left')
    expect(await ask(id)).toBeNull()
  })

  test('a topic that requires consent reaches only those who gave it', async () => {
    const topic = (
      await owner.post('/groups', { name: 'Topic C', visibility: 'public', require_consent: true })
    ).body
    const { id } = await person()
    const withTopic = `channel=email&group_id=${topic.id}`
    expect(await ask(id, withTopic)).toBe('no_consent')
    await owner.post(`/contacts/${id}/consents`, { channel: 'email', state: 'granted', text: 'Form' })
    expect(await ask(id, withTopic)).toBeNull()
    await owner.post(`/contacts/${id}/consents`, { channel: 'email', state: 'withdrawn' })
    expect([await ask(id, withTopic), await ask(id)]).toEqual(['no_consent', 'no_consent'])
    expect(await ask(id, `${withTopic}&purpose=transactional`)).toBeNull()
  })
})

test('the first reason of the chain is told, whatever else holds', async () => {
  const contact = await person()
  await owner.post(`/contacts/${contact.id}/consents`, { channel: 'email', state: 'withdrawn' })
  const steps: [string, () => Promise<unknown>][] = [
    ['no_consent', async () => {}],
    ['unsubscribed', () => owner.post(`/contacts/${contact.id}/unsubscribe`, { channel: 'email' })],
    ['channel_blocked', () => owner.post(`/contacts/${contact.id}/block`, { channel: 'email' })],
    [
      'archived',
      () =>
        inSql(
          sql`update contacts set state = 'archived' where account_id = ${accountId} and id = ${contact.id}`,
        ),
    ],
    [
      'restricted',
      () =>
        inSql(
          sql`update contacts set state = 'restricted' where account_id = ${accountId} and id = ${contact.id}`,
        ),
    ],
    ['blacklisted_address', () => suppress(contact.email, 'blacklisted_address')],
    ...(['complained', 'soft_bounced_repeatedly', 'hard_bounced', 'erased'] as const).map(
      (reason): [string, () => Promise<unknown>] => [reason, () => setReason(contact.email, reason)],
    ),
  ]
  const told: string[] = []
  for (const [, act] of steps) {
    await act()
    told.push(await ask(contact.id))
  }
  expect(told).toEqual(steps.map(([reason]) => reason))
  const order = told.map((reason) => sendReasons.indexOf(reason as (typeof sendReasons)[number]))
  expect(order).toEqual(order.toSorted((a, b) => b - a))
})

test('one statement decides for many, and a group unsubscribe counts only where no other group reaches the contact', async () => {
  const [a, b] = await Promise.all(
    ['Reach A', 'Reach B'].map(async (name) => (await owner.post('/groups', { name })).body),
  )
  const onlyA = await person({ groups_add: [a.id] })
  const inBoth = await person({ groups_add: [a.id, b.id] })
  await inAccount(app.db, accountId, async (trx) => {
    for (const contact of [onlyA, inBoth])
      await recordUnsubscribe(trx, {
        accountId,
        contactId: contact.id,
        channel: 'email',
        scope: { kind: 'group', groupId: a.id },
        source: 'page',
      })
  })
  const decide = (groupIds: string[]) =>
    inAccount(app.db, accountId, async (trx) => {
      const { addressHash: hash } = await accountKeys(trx, app.deps.keys, accountId)
      const { rows } = await sql<{ id: string; reason: string | null }>`
        select c.id, ${sendDecision({ accountId, channel: 'email', requireConsent: false, hash, groupIds })} as reason
        from contacts c where c.account_id = ${accountId} and c.id = any(${[onlyA.id, inBoth.id]}::uuid[])`.execute(
        trx,
      )
      return new Map(rows.map((row) => [row.id, row.reason]))
    })
  const reached = await decide([a.id, b.id])
  expect([reached.get(onlyA.id), reached.get(inBoth.id)]).toEqual(['unsubscribed', null])
  const alone = await decide([a.id])
  expect([alone.get(onlyA.id), alone.get(inBoth.id)]).toEqual(['unsubscribed', 'unsubscribed'])
})

test('the program hashes an address as the database does', async () => {
  await inAccount(app.db, accountId, async (trx) => {
    const { addressHash: blocks } = await accountKeys(trx, app.deps.keys, accountId)
    for (const key of ['a@example.org', 'żółć@example.org', '+48600700800']) {
      const { rows } = await sql<{
        hash: Buffer
      }>`select keyed_hash(${blocks.inner}::bytea, ${blocks.outer}::bytea, ${key}) as hash`.execute(trx)
      expect(rows[0]?.hash.equals(addressHash(blocks, key))).toBe(true)
    }
  })
})

test.each(['sendability?channel=email', 'consents', 'changes'])(
  '%s of a foreign or unknown contact is 404',
  async (path) => {
    const { id } = await person()
    expect((await other.get(`/contacts/${id}/${path}`)).status).toBe(404)
    expect((await owner.get(`/contacts/01890000-0000-7000-8000-000000000000/${path}`)).status).toBe(404)
    expect((await nobody.get(`/contacts/${id}/${path}`)).status).toBe(401)
  },
)
