import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeReturnPathToken } from '../content/index.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { aColleague } from '../test/people.ts'
import { aSentCampaign } from '../test/sent-campaign.ts'
import { receiveReturnMail } from './index.ts'
import { readInboundMail } from './mails/read.ts'

const app = await startTestApp({ jobs: true })
const { deps, owner, other, nobody, accountId } = app

const sample = (name: string): Buffer =>
  readFileSync(new URL(`./parsing/samples/${name}.eml`, import.meta.url))

let people = 0
const contacts = new Map<string, string>()
const sent = async (given?: string) => {
  people += 1
  const email = given ?? `reader-${people}@shop.example`
  const known = await inAccount(app.db, accountId, (trx) =>
    trx.selectFrom('contacts').select('id').where('email', '=', email).executeTakeFirst(),
  )
  if (known)
    await inAccount(app.db, accountId, (trx) =>
      trx
        .updateTable('contacts')
        .set({ email: null, email_key: null, external_id: known.id })
        .where('id', '=', known.id)
        .execute(),
    )
  const campaign = await aSentCampaign(app, { messages: [{ email }] })
  const messageId = campaign.messages[0]?.messageId ?? ''
  // All sends to an address are to one contact, as in life.
  const first = contacts.get(email) ?? campaign.messages[0]?.contactId ?? ''
  contacts.set(email, first)
  await inAccount(app.db, accountId, (trx) =>
    trx
      .updateTable('messages')
      .set({ contact_id: first })
      .where('account_id', '=', accountId)
      .where('message_id', '=', messageId)
      .execute(),
  )
  const token = makeReturnPathToken(deps.keys, {
    accountId,
    messageId,
    runMonth: campaign.runMonth,
    test: false,
  })
  return { ...campaign, email, messageId, returnPath: `${token}@bounce.acme.test` }
}

const readAll = async (): Promise<void> => {
  const stored = await inAccount(app.db, accountId, (trx) =>
    trx.selectFrom('inbound_mails').select('id').where('account_id', '=', accountId).execute(),
  )
  for (const { id } of stored) await readInboundMail(deps, { account_id: accountId, id })
}

const bounce = async (campaign: { returnPath: string }, name: string): Promise<void> => {
  await receiveReturnMail(deps, { envelopeFrom: '', envelopeTo: campaign.returnPath, raw: sample(name) })
  await readAll()
}

const reasonOf = async (address: string) =>
  (await owner.post('/suppressions/check', { items: [{ channel: 'email', address }] })).body.data[0].reason

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it never came to hold')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the list of reports', () => {
  test('shows what came back and what it meant', async () => {
    const campaign = await sent()
    await bounce(campaign, 'postfix-unknown-user')
    await bounce(campaign, 'german-out-of-office')
    const { data } = (await owner.get(`/email/bounces?message_id=${campaign.messageId}`)).body
    expect(data).toMatchObject([
      { kind: 'out_of_office', state: 'ignored', shown_as: null, subject: 'Automatische Antwort: Frühling' },
      {
        kind: 'bounce',
        state: 'applied',
        shown_as: 'HARDBOUNCE',
        class: 'unknown_user',
        code: '5.1.1',
        campaign_id: campaign.campaignId,
        has_raw: true,
      },
    ])
    const one = (await owner.get(`/email/bounces/${data[1].id}`)).body
    expect(one.raw).toContain('Final-Recipient: rfc822; anna@example.org')
    expect((await owner.get(`/email/bounces?state=ignored&kind=out_of_office`)).body.data).toHaveLength(1)
    expect((await other.get(`/email/bounces/${data[1].id}`)).status).toBe(404)
    expect((await nobody.get('/email/bounces')).status).toBe(401)
    expect((await owner.get('/email/bounces?kind=nonsense')).status).toBe(422)
  })

  test('lets a person match what nobody could, once', async () => {
    const campaign = await sent()
    await inAccount(app.db, accountId, (trx) =>
      trx
        .insertInto('bounce_reports')
        .values({
          account_id: accountId,
          id: campaign.messageId,
          source: 'mail',
          kind: 'bounce',
          state: 'unassigned',
          class: 'disabled',
          code: '5.2.1',
        })
        .execute(),
    )
    const path = `/email/bounces/${campaign.messageId}`
    const { messageId } = campaign
    expect((await other.post(`${path}/assign`, { message_id: messageId })).status).toBe(404)
    const unknown = await owner.post(`${path}/assign`, { message_id: '01900000-0000-7000-8000-000000000001' })
    expect(unknown.status).toBe(422)
    const matched = await owner.post(`${path}/assign`, { message_id: messageId })
    expect(matched.body).toMatchObject({ state: 'applied', message_id: messageId, shown_as: 'HARDBOUNCE' })
    expect(await reasonOf(campaign.email)).toBe('hard_bounced')
    expect((await owner.post(`${path}/assign`, { message_id: messageId })).body.code).toBe('not_pending')
    expect((await owner.post(`${path}/discard`)).body.code).toBe('not_pending')
  })
})

describe('rules of the account', () => {
  test('come before the shipped ones, are tried first and judge anew on demand', async () => {
    const campaign = await sent()
    await bounce(campaign, 'gmail-disabled')
    expect(await reasonOf(campaign.email)).toBe('hard_bounced')
    const rule = { pattern: 'email account * is inactive', class: 'mailbox_full' }
    const tried = (
      await owner.post('/email/bounce-rules/test', {
        rule,
        answer: { code: '5.2.1', text: 'The EMAIL account of yours is inactive' },
      })
    ).body
    expect(tried.verdict).toMatchObject({ class: 'mailbox_full', group: 'soft' })
    expect(tried).toMatchObject({ fitting: 1, changing: 1 })
    expect(tried.samples).toMatchObject([{ class_before: 'disabled', class_after: 'mailbox_full' }])
    const made = await owner.post('/email/bounce-rules', rule)
    expect(made.status, made.raw).toBe(201)
    const started = await owner.post('/email/bounce-rules/reclassify', { days: 30 })
    expect(started.status, started.raw).toBe(202)
    await until(
      async () => (await owner.get(`/operations/${started.body.operation_id}`)).body.state === 'completed',
    )
    const { counts } = (await owner.get(`/campaigns/${campaign.campaignId}/report`)).body
    expect(counts).toMatchObject({ delivered: 0, hard_bounced: 0, soft_bounced: 1 })
    expect(await reasonOf(campaign.email)).toBeNull()
    const next = await sent()
    await bounce(next, 'gmail-disabled')
    expect(await reasonOf(next.email)).toBeNull()
    const changed = await owner.patch(`/email/bounce-rules/${made.body.id}`, { enabled: false })
    expect(changed.body).toMatchObject({ enabled: false, version: 2 })
    expect((await owner.get('/email/bounce-rules')).body.data).toHaveLength(1)
    expect((await owner.get('/email/shipped-bounce-rules')).body.data.length).toBeGreaterThan(20)
    expect((await owner.del(`/email/bounce-rules/${made.body.id}`)).status).toBe(204)
  })

  test.each([
    [{ class: 'disabled' }, 422],
    [{ class: 'nonsense', code: '5.*' }, 422],
    [{ class: 'disabled', pattern: '' }, 422],
    [{ class: 'disabled', pattern: 'x'.repeat(201) }, 422],
    [{ class: 'disabled', code: '5.*', position: 0 }, 422],
  ])('%j is refused', async (rule, status) => {
    expect((await owner.post('/email/bounce-rules', rule)).status).toBe(status)
  })
})

describe('the limit of hard bounces', () => {
  test('may be three; what a person lifts starts at zero', async () => {
    expect((await owner.patch('/email/bounce-settings', { hard_limit: 4 })).status).toBe(422)
    const set = await owner.patch('/email/bounce-settings', { hard_limit: 3, hard_months: 2 })
    expect(set.body).toMatchObject({ hard_limit: 3, hard_months: 2, soft_months: null })
    const email = 'stubborn@shop.example'
    for (const expected of [null, null, 'hard_bounced']) {
      await bounce(await sent(email), 'postfix-unknown-user')
      expect(await reasonOf(email)).toBe(expected)
    }
    const [entry] = (await owner.get(`/suppressions?address=${email}`)).body.data
    expect(entry).toMatchObject({
      reason: 'hard_bounced',
      source: 'bounce',
      bounces: 3,
      answer: expect.stringContaining('User unknown'),
    })
    expect(entry.expires_at).not.toBeNull()
    expect((await owner.del(`/suppressions/${entry.id}?reason=works%20again`)).status).toBe(204)
    await bounce(await sent(email), 'postfix-unknown-user')
    expect(await reasonOf(email)).toBeNull()
    await owner.patch('/email/bounce-settings', { hard_limit: 1, hard_months: null })
  })
})

describe('a request to let an address through', () => {
  const substantiation = 'The address was mistyped at the receiver and works now.'
  const ask = (address: string, client = owner) =>
    client.post('/suppressions/allow-requests', { address, substantiation })

  test('is decided by another person and lifts the bounce for ninety days', async () => {
    const campaign = await sent('asked-for@shop.example')
    await bounce(campaign, 'postfix-unknown-user')
    const asked = await ask(campaign.email)
    expect(asked.status, asked.raw).toBe(201)
    expect((await ask(campaign.email)).body.code).toBe('already_pending')
    const path = `/suppressions/allow-requests/${asked.body.id}`
    expect((await owner.post(`${path}/accept`)).body.code).toBe('self_approval')
    expect((await other.post(`${path}/accept`)).status).toBe(404)
    const { client } = await aColleague(app, owner, { roles: ['owner'] })
    const accepted = await client.post(`${path}/accept`, { comment: 'checked' })
    expect(accepted.body).toMatchObject({ state: 'accepted', comment: 'checked' })
    expect(accepted.body.allowed_until).not.toBeNull()
    expect(await reasonOf(campaign.email)).toBeNull()
    await bounce(await sent(campaign.email), 'postfix-unknown-user')
    expect(await reasonOf(campaign.email)).toBeNull()
    expect((await client.post(`${path}/reject`)).body.code).toBe('not_pending')
    expect((await owner.get('/suppressions/allow-requests?state=accepted')).body.data).toHaveLength(1)
  })

  test('is refused at once where nobody could allow it', async () => {
    const items = [
      { channel: 'email', address: 'left@shop.example', reason: 'unsubscribed' },
      { channel: 'email', address: 'angry@shop.example', reason: 'complained' },
      { channel: 'email', address: 'anna@gmail.com', reason: 'hard_bounced' },
    ]
    await owner.post('/suppressions', { items })
    expect((await ask('left@shop.example')).body.code).toBe('immutable')
    expect((await ask('angry@shop.example')).body.code).toBe('immutable')
    expect((await ask('anna@gmail.com')).body.code).toBe('public_domain_refused')
    expect((await ask('fine@shop.example')).body.code).toBe('validation_failed')
    expect((await ask('nonsense')).body.code).toBe('email_invalid')
  })
})

test('a domain can be suppressed, with or without what lies below it', async () => {
  const made = await owner.post('/suppression-domains', {
    domain: '*@Blocked.Example',
    with_subdomains: true,
  })
  expect(made.body).toMatchObject({ domain: 'blocked.example', with_subdomains: true })
  expect((await owner.post('/suppression-domains', { domain: 'blocked.example' })).body.code).toBe(
    'duplicate',
  )
  expect((await owner.post('/suppression-domains', { domain: 'no domain' })).body.code).toBe('invalid_domain')
  expect((await owner.get('/suppression-domains')).body.data).toHaveLength(1)
  expect((await other.del(`/suppression-domains/${made.body.id}?reason=abc`)).status).toBe(404)
  expect((await owner.del(`/suppression-domains/${made.body.id}?reason=abc`)).status).toBe(204)
})

describe('soft bounces', () => {
  const soft = async (email: string): Promise<void> => bounce(await sent(email), 'exchange-quota')
  // The clock moves by days here, past every session.
  const storedReason = (address: string) =>
    inAccount(app.db, accountId, async (trx) => {
      const row = await trx
        .selectFrom('suppressions')
        .select('reason')
        .where('account_id', '=', accountId)
        .where('address', '=', address)
        .executeTakeFirst()
      return row?.reason ?? null
    })

  test('of five sends over fifteen days suppress, unless one arrived between', async () => {
    const [tired, revived, often] = ['tired@shop.example', 'revived@shop.example', 'often@shop.example']
    for (const [send, days] of [0, 4, 4, 4].entries()) {
      await app.advance(days * 86_400)
      await soft(tired)
      await soft(revived)
      // The third send to this one arrives.
      if (send === 2) await sent(revived)
    }
    for (let n = 0; n < 6; n += 1) await soft(often)
    expect(await Promise.all([tired, revived, often].map(storedReason))).toEqual([null, null, null])
    await app.advance(3 * 86_400)
    await soft(tired)
    await soft(revived)
    expect(await Promise.all([tired, revived, often].map(storedReason))).toEqual([
      'soft_bounced_repeatedly',
      null,
      null,
    ])
  })

  test('of one send that is told twice, or of a message too large, do not count', async () => {
    const email = 'large@shop.example'
    for (const days of [0, 4, 4, 4, 4]) {
      await app.advance(days * 86_400)
      await bounce(await sent(email), 'exim-smtp-error')
      await inAccount(app.db, accountId, (trx) =>
        trx
          .updateTable('message_bounces')
          .set({ class: 'too_large' })
          .where('account_id', '=', accountId)
          .execute(),
      )
    }
    expect(await storedReason(email)).toBeNull()
  })
})
