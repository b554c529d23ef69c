import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeReturnPathToken, makeUnsubscribeToken } from '../content/index.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { aSentCampaign, type MessageGiven, type SentCampaign } from '../test/sent-campaign.ts'
import { noteRefusals, receiveReturnMail } from './index.ts'
import { readInboundMail } from './mails/read.ts'

const app = await startTestApp()
const { deps, owner, accountId } = app

const sample = (name: string): Buffer =>
  readFileSync(new URL(`./parsing/samples/${name}.eml`, import.meta.url))

let people = 0
const aPerson = (): string => {
  people += 1
  return `person-${people}@example.org`
}

const sent = (given: Partial<MessageGiven> = {}, campaign: object = {}): Promise<SentCampaign> =>
  aSentCampaign(app, { messages: [{ email: aPerson(), ...given }], ...campaign })

const only = ({ messages }: SentCampaign) => {
  const [message] = messages
  if (!message) throw new Error('a campaign of one')
  return message
}

const returnPath = (campaign: SentCampaign, isTest = false): string => {
  const { messageId } = only(campaign)
  return `${makeReturnPathToken(deps.keys, { accountId, messageId, runMonth: campaign.runMonth, test: isTest })}@bounce.acme.test`
}

/** Brings a mail and reads all that was stored. */
const bring = async (envelopeTo: string, raw: Buffer, envelopeFrom = ''): Promise<boolean> => {
  const taken = await receiveReturnMail(deps, { envelopeFrom, envelopeTo, raw })
  const stored = await inAccount(app.db, accountId, (trx) =>
    trx.selectFrom('inbound_mails').select('id').where('account_id', '=', accountId).execute(),
  )
  for (const { id } of stored) await readInboundMail(deps, { account_id: accountId, id })
  return taken
}

const rowOf = (campaign: SentCampaign) =>
  inAccount(app.db, accountId, (trx) =>
    trx
      .selectFrom('messages')
      .select(['state', 'reason', 'delivery_status', 'flags', 'resolution'])
      .where('account_id', '=', accountId)
      .where('message_id', '=', only(campaign).messageId)
      .executeTakeFirstOrThrow(),
  )

const reportOf = async (campaign: SentCampaign) =>
  (await owner.get(`/campaigns/${campaign.campaignId}/report`)).body

const suppressionOf = async (address: string) =>
  (await owner.post('/suppressions/check', { items: [{ channel: 'email', address }] })).body.data[0].reason

const eventsOf = (campaign: SentCampaign) =>
  inAccount(app.db, accountId, async (trx) =>
    (
      await trx
        .selectFrom('message_events')
        .select('kind')
        .where('account_id', '=', accountId)
        .where('message_id', '=', only(campaign).messageId)
        .execute()
    ).map(({ kind }) => kind),
  )

describe('a delivery report to the return path of a message', () => {
  test('takes it out of the delivered, into the bounces, and suppresses the address', async () => {
    const campaign = await sent()
    expect((await reportOf(campaign)).counts).toMatchObject({ delivered: 1, hard_bounced: 0 })
    expect(await bring(returnPath(campaign), sample('postfix-unknown-user'))).toBe(true)
    expect(await rowOf(campaign)).toMatchObject({
      state: 'accepted',
      reason: 'unknown_user',
      delivery_status: 'undelivered',
      flags: ['bounced_later'],
    })
    const report = await reportOf(campaign)
    expect(report.counts).toMatchObject({ accepted: 1, delivered: 0, hard_bounced: 1, bounced_later: 1 })
    expect(report.rates).toMatchObject({ delivery: 0, bounce_hard: 1 })
    expect(report.accounting.balanced).toBe(true)
    expect(await suppressionOf(only(campaign).email)).toBe('hard_bounced')
    expect(await eventsOf(campaign)).toEqual(['bounced'])
  })

  test('counts once, whoever tells it and however often', async () => {
    const campaign = await sent({ state: 'rejected', reason: 'unknown_user' })
    const { messageId, contactId, email } = only(campaign)
    await inAccount(app.db, accountId, (trx) =>
      noteRefusals(trx, deps, accountId, [
        {
          messageId,
          contactId,
          sourceId: campaign.campaignId,
          runMonth: campaign.runMonth,
          address: email,
          class: 'unknown_user',
          code: '5.1.1',
          text: '550 5.1.1 no such user',
          origin: 'campaign',
        },
      ]),
    )
    await Promise.all([1, 2, 3].map(() => bring(returnPath(campaign), sample('sendmail-user-unknown'))))
    expect((await reportOf(campaign)).counts).toMatchObject({
      rejected: 1,
      hard_bounced: 1,
      bounced_later: 0,
    })
    const known = await inAccount(app.db, accountId, (trx) =>
      trx
        .selectFrom('bounce_reports')
        .select('state')
        .where('account_id', '=', accountId)
        .where('message_id', '=', messageId)
        .execute(),
    )
    expect(known.map(({ state }) => state)).toEqual(['repeated', 'repeated', 'repeated'])
    expect(await suppressionOf(email)).toBe('hard_bounced')
  })

  test('settles what was uncertain, also after the end, and the journal says so', async () => {
    const campaign = await sent({ state: 'uncertain', resolution: 'missed' })
    await bring(returnPath(campaign), sample('exim-unrouteable'))
    expect(await rowOf(campaign)).toMatchObject({
      state: 'rejected',
      reason: 'unknown_user',
      resolution: null,
    })
    const other = await sent({ state: 'uncertain', resolution: 'missed' })
    await bring(returnPath(other), sample('delivered-receipt'))
    expect(await rowOf(other)).toMatchObject({ state: 'accepted', delivery_status: 'delivered' })
    const journal = (await owner.get(`/campaigns/${other.campaignId}/journal`)).body.data
    expect(journal).toMatchObject([{ kind: 'late_receipt', detail: { accepted: 1, rejected: 0 } }])
  })

  test('about a message that is still on its way waits for its answer', async () => {
    const campaign = await sent({ state: 'handed' })
    await bring(returnPath(campaign), sample('postfix-unknown-user'))
    expect(await rowOf(campaign)).toMatchObject({ state: 'handed' })
    await inAccount(app.db, accountId, (trx) =>
      trx
        .updateTable('messages')
        .set({ state: 'accepted', delivery_status: 'delivered' })
        .where('account_id', '=', accountId)
        .where('message_id', '=', only(campaign).messageId)
        .execute(),
    )
    await app.advance(15)
    await app.due()
    expect(await rowOf(campaign)).toMatchObject({ state: 'accepted', delivery_status: 'undelivered' })
  })

  test('leaves a status alone that a person has given', async () => {
    const campaign = await sent({ deliveryStatus: 'reacted' })
    await bring(returnPath(campaign), sample('exchange-quota'))
    expect(await rowOf(campaign)).toMatchObject({ delivery_status: 'reacted', flags: ['bounced_later'] })
    expect((await reportOf(campaign)).counts).toMatchObject({ delivered: 1, soft_bounced: 0 })
  })

  test('of a delay changes nothing', async () => {
    const campaign = await sent()
    await bring(returnPath(campaign), sample('postfix-delayed'))
    expect(await rowOf(campaign)).toMatchObject({ delivery_status: 'delivered', flags: [] })
  })

  test('of a test message suppresses nobody', async () => {
    const campaign = await sent({}, { sourceKind: 'test' })
    await bring(returnPath(campaign, true), sample('postfix-unknown-user'))
    expect(await rowOf(campaign)).toMatchObject({ delivery_status: 'undelivered' })
    expect(await suppressionOf(only(campaign).email)).toBeNull()
  })
})

describe.each([
  'german-out-of-office',
  'polish-out-of-office',
  'ticket-received',
  'challenge',
  'human-reply',
])('a mail like %s', (name) => {
  test('is listed and changes nothing', async () => {
    const campaign = await sent()
    await bring(returnPath(campaign), sample(name), 'anna@example.org')
    expect(await rowOf(campaign)).toMatchObject({ delivery_status: 'delivered', flags: [] })
    expect(await suppressionOf(only(campaign).email)).toBeNull()
  })
})

describe('a complaint', () => {
  test('ends all campaigns to the person, for good', async () => {
    const campaign = await sent()
    const { contactId, email } = only(campaign)
    await bring(returnPath(campaign), sample('arf-abuse'), 'fbl@isp.example')
    await bring(returnPath(campaign), sample('arf-abuse'), 'fbl@isp.example')
    expect((await rowOf(campaign)).flags).toEqual(['complained'])
    expect(await suppressionOf(email)).toBe('complained')
    const contact = (await owner.get(`/contacts/${contactId}`)).body
    expect(contact.channels.email).toMatchObject({ suppressed: true, suppression_reason: 'complained' })
    expect(contact.channels.email.unsubscribed_at).not.toBeNull()
    const { counts } = await reportOf(campaign)
    expect(counts).toMatchObject({ delivered: 1, complained: 1 })
    expect(await eventsOf(campaign)).toEqual(['complained'])
  })
})

describe('the address to unsubscribe', () => {
  const leaving = (campaign: SentCampaign): string =>
    `${makeUnsubscribeToken(deps.keys, { accountId, messageId: only(campaign).messageId, runMonth: campaign.runMonth, test: false })}@anywhere.test`

  test('takes any mail, empty or automatic, once', async () => {
    const campaign = await sent()
    expect(await bring(leaving(campaign), Buffer.from(''), 'me@example.org')).toBe(true)
    await bring(leaving(campaign).toUpperCase(), sample('ticket-received'), 'me@example.org')
    expect((await rowOf(campaign)).flags).toEqual(['unsubscribed'])
    const consents = (await owner.get(`/contacts/${only(campaign).contactId}/consents`)).body.data
    expect(consents).toMatchObject([{ state: 'withdrawn', source: 'mailto' }])
  })
})

test.each([
  'nobody@example.org',
  'postmaster@localhost',
  `${'a'.repeat(64)}@bounce.acme.test`,
  '',
  '@',
  'x@',
])('mail to %j is none of ours', async (address) => {
  expect(await bring(address, sample('postfix-unknown-user'))).toBe(false)
})

test('a report for a message of an account that is gone is not taken', async () => {
  const token = makeReturnPathToken(deps.keys, {
    accountId: '01900000-0000-7000-8000-000000000009',
    messageId: '01900000-0000-7000-8000-000000000001',
    runMonth: '2026-11-01',
    test: false,
  })
  expect(
    await receiveReturnMail(deps, { envelopeFrom: '', envelopeTo: `${token}@x.test`, raw: Buffer.from('x') }),
  ).toBe(false)
})
