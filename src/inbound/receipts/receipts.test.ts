import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeReturnPathToken } from '../../content/index.ts'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { aSentCampaign } from '../../test/sent-campaign.ts'
import { rememberCertificate } from './certificates.ts'
import { canonicalOf, isAmazonUrl } from './dialects/ses.ts'
import { readReceiptCall } from './read.ts'

const app = await startTestApp()
const { deps, owner, accountId } = app

const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'
rememberCertificate(certificateUrl, rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString())

const topic = 'arn:aws:sns:eu-west-1:123456789012:bounces'
const secrets = {
  ses: undefined,
  sendgrid: ec.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  mailgun: 'key-0123456789abcdef',
  postmark: 'a-long-password',
} as const
type Kind = keyof typeof secrets

let names = 0
const aProvider = async (receipts: object | null) => {
  await owner.stepUp()
  names += 1
  const answer = await owner.post('/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: `Relay ${names}`,
    config: { host: '127.0.0.1', port: 2525, tls: 'none', receipts },
  })
  expect(answer.status, answer.raw).toBe(201)
  return answer.body
}
const providers: Record<Kind, { id: string; receipts_url: string }> = {
  ses: await aProvider({ kind: 'ses', topic_arn: topic }),
  sendgrid: await aProvider({ kind: 'sendgrid', secret: secrets.sendgrid }),
  mailgun: await aProvider({ kind: 'mailgun', secret: secrets.mailgun }),
  postmark: await aProvider({ kind: 'postmark', secret: secrets.postmark }),
}

type Signed = { body: string; headers: Record<string, string> }

let events = 0
const eventId = (): string => {
  events += 1
  return `event-${events}`
}

const amazon = (message: object, given: object = {}): Signed => {
  const envelope: Record<string, string> = {
    Type: 'Notification',
    MessageId: eventId(),
    TopicArn: topic,
    Message: JSON.stringify(message),
    Timestamp: '2026-11-23T03:00:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: certificateUrl,
    ...given,
  }
  const signature = createSign('RSA-SHA256')
    .update(canonicalOf(envelope) ?? '')
    .sign(rsa.privateKey, 'base64')
  return {
    body: JSON.stringify({ Signature: signature, ...envelope }),
    headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
  }
}

type Told = { kind: 'bounce' | 'complaint' | 'delivered'; messageId: string; runMonth: string; email: string }

const calls: Record<Kind, (told: Told) => Signed> = {
  ses: ({ kind, messageId, runMonth, email }) => {
    const path = makeReturnPathToken(deps.keys, { accountId, messageId, runMonth, test: false })
    const mail = { messageId: eventId(), source: `${path.toUpperCase()}@bounce.acme.test` }
    const detail = {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        feedbackId: eventId(),
        bouncedRecipients: [
          { emailAddress: email, status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
        ],
      },
      complaint: { feedbackId: eventId(), complainedRecipients: [{ emailAddress: email }] },
      delivered: { timestamp: eventId(), recipients: [email], smtpResponse: '250 2.6.0 ok' },
    }[kind]
    const type = { bounce: 'Bounce', complaint: 'Complaint', delivered: 'Delivery' }[kind]
    return amazon({ notificationType: type, mail, [type.toLowerCase()]: detail })
  },
  sendgrid: ({ kind, messageId, email }) => {
    const event = { bounce: 'bounce', complaint: 'spamreport', delivered: 'delivered' }[kind]
    const body = JSON.stringify([
      { event: 'processed', sg_event_id: eventId(), email },
      {
        event,
        email,
        sg_event_id: eventId(),
        'smtp-id': `<${messageId}@click.acme.test>`,
        status: '5.1.1',
        reason: '550 5.1.1 no such user',
        type: 'bounce',
      },
    ])
    const timestamp = '1763866800'
    const signature = sign('sha256', Buffer.from(timestamp + body), ec.privateKey).toString('base64')
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    }
  },
  mailgun: ({ kind, messageId, email }) => {
    const event = { bounce: 'failed', complaint: 'complained', delivered: 'delivered' }[kind]
    const signature = createHmac('sha256', secrets.mailgun).update('1763866800token').digest('hex')
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        signature: { timestamp: '1763866800', token: 'token', signature },
        'event-data': {
          id: eventId(),
          event,
          severity: 'permanent',
          reason: 'bounce',
          recipient: email,
          message: { headers: { 'message-id': `${messageId}@click.acme.test` } },
          'delivery-status': { code: 550, message: '5.1.1 no such user' },
        },
      }),
    }
  },
  postmark: ({ kind, messageId, email }) => {
    const RecordType = { bounce: 'Bounce', complaint: 'SpamComplaint', delivered: 'Delivery' }[kind]
    events += 1
    return {
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`campanile:${secrets.postmark}`).toString('base64')}`,
      },
      body: JSON.stringify({
        RecordType,
        ID: events,
        Type: 'HardBounce',
        MessageID: 'b7bc2f4a-e38e-4336-af7d-e6c392c2f817',
        Metadata: { campanile_message: messageId },
        Email: email,
        Details: 'smtp;550 5.1.1 no such user',
      }),
    }
  },
}

const post = (url: string, { body, headers }: Signed) =>
  app.content.inject({ method: 'POST', url: new URL(url).pathname, payload: body, headers })

const readAll = async (): Promise<number> => {
  const rows = await inAccount(app.db, accountId, (trx) =>
    trx
      .selectFrom('receipt_calls')
      .select('id')
      .where('account_id', '=', accountId)
      .where('state', '=', 'received')
      .execute(),
  )
  for (const { id } of rows) await readReceiptCall(deps, { account_id: accountId, id })
  return rows.length
}

let people = 0
const sent = async (given: object = {}) => {
  people += 1
  const email = `receiver-${people}@example.org`
  const campaign = await aSentCampaign(app, { messages: [{ email, ...given }] })
  const messageId = campaign.messages[0]?.messageId ?? ''
  return { ...campaign, email, messageId }
}
const countsOf = async (id: string) => (await owner.get(`/campaigns/${id}/report`)).body.counts

describe.each(Object.keys(secrets) as Kind[])('%s', (kind) => {
  const url = providers[kind].receipts_url

  test('a bounce posted five times counts once', async () => {
    const { campaignId, messageId, runMonth, email } = await sent()
    const call = calls[kind]({ kind: 'bounce', messageId, runMonth, email })
    for (const answer of await Promise.all([1, 2, 3, 4, 5].map(() => post(url, call))))
      expect(answer.statusCode, answer.body).toBe(200)
    await Promise.all([readAll(), readAll()])
    expect(await countsOf(campaignId)).toMatchObject({ delivered: 0, hard_bounced: 1, bounced_later: 1 })
    const checked = await owner.post('/suppressions/check', { items: [{ channel: 'email', address: email }] })
    expect(checked.body.data[0].reason).toBe('hard_bounced')
  })

  test('a complaint is one, a delivery settles what was uncertain', async () => {
    const first = await sent()
    await post(url, calls[kind]({ kind: 'complaint', ...first }))
    const second = await sent({ state: 'uncertain', resolution: 'missed' })
    await post(url, calls[kind]({ kind: 'delivered', ...second }))
    await readAll()
    expect(await countsOf(first.campaignId)).toMatchObject({ delivered: 1, complained: 1 })
    expect(await countsOf(second.campaignId)).toMatchObject({ delivered: 1, uncertain: 0 })
  })

  test('with a wrong signature is refused, changes nothing and is counted', async () => {
    const message = await sent()
    const call = calls[kind]({ kind: 'bounce', ...message })
    const before = (await owner.get(`/sending/providers/${providers[kind].id}`)).body.receipts.refused
    const forged: Signed[] =
      kind === 'mailgun' || kind === 'postmark'
        ? [
            {
              ...call,
              body: call.body.replace('1763866800', '1763866801'),
              headers: { ...call.headers, authorization: 'Basic eDp5' },
            },
          ]
        : [{ ...call, body: call.body.replace('example.org', 'example.com') }]
    const [bad] = forged
    if (!bad) throw new Error('a forged call')
    expect((await post(url, bad)).statusCode).toBe(401)
    expect((await post(url, { ...bad, body: '' })).statusCode).toBe(401)
    expect((await post(url, { ...bad, body: 'not json' })).statusCode).toBe(401)
    expect(await readAll()).toBe(0)
    expect(await countsOf(message.campaignId)).toMatchObject({ delivered: 1, hard_bounced: 0 })
    const after = (await owner.get(`/sending/providers/${providers[kind].id}`)).body.receipts
    expect(after.refused).toBe(before + 3)
  })
})

test('Amazon is known by its own hosts and the topic that was named', async () => {
  expect(isAmazonUrl(certificateUrl)).toBe(true)
  for (const url of [
    'http://sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.test/a.pem',
    'https://evil.test/sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
    'https://x@sns.eu-west-1.amazonaws.com/a.pem',
    'https://s3.eu-west-1.amazonaws.com/a.pem',
    'nonsense',
  ])
    expect(isAmazonUrl(url), url).toBe(false)
  const foreign = amazon({ notificationType: 'Bounce' }, { TopicArn: `${topic}-of-somebody` })
  expect((await post(providers.ses.receipts_url, foreign)).statusCode).toBe(401)
  const elsewhere = amazon({ notificationType: 'Bounce' }, { SigningCertURL: 'https://evil.test/a.pem' })
  expect((await post(providers.ses.receipts_url, elsewhere)).statusCode).toBe(401)
})

test.each(['x', 'A'.repeat(64), '0'.repeat(64), `${'A'.repeat(63)}=`])(
  'the address /receipts/%s is nobody’s',
  async (token) => {
    const answer = await app.content.inject({
      method: 'POST',
      url: `/receipts/${token}`,
      payload: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(404)
  },
)

test('other types of content are refused, and nobody reads by GET', async () => {
  const path = new URL(providers.mailgun.receipts_url).pathname
  const xml = {
    method: 'POST',
    url: path,
    payload: '<x/>',
    headers: { 'content-type': 'application/xml' },
  } as const
  expect((await app.content.inject(xml)).statusCode).toBe(415)
  expect((await app.content.inject({ method: 'GET', url: path })).statusCode).toBeGreaterThanOrEqual(404)
})

describe('the setting of a relay', () => {
  test.each([
    [{ kind: 'sendgrid', secret: 'not a key at all' }],
    [{ kind: 'mailgun' }],
    [{ kind: 'ses', secret: 'something-secret' }],
    [{ kind: 'postmark', secret: 'short' }],
    [{ kind: 'mailgun', secret: secrets.mailgun, topic_arn: topic }],
    [{ kind: 'ses', topic_arn: 'nonsense' }],
    [{ kind: 'other' }],
  ])('%j is refused', async (receipts) => {
    const answer = await owner.patch(`/sending/providers/${providers.ses.id}`, { config: { receipts } })
    expect(answer.status, answer.raw).toBe(422)
  })

  test('never shows the secret; without it no address remains', async () => {
    const provider = await aProvider({ kind: 'mailgun', secret: secrets.mailgun })
    expect(provider.config.receipts).toEqual({ kind: 'mailgun', has_secret: true, topic_arn: null })
    expect(JSON.stringify(provider)).not.toContain(secrets.mailgun)
    expect(provider.config.has_password).toBe(false)
    const log = (await owner.get('/audit-log?limit=1')).raw
    expect(log).not.toContain(provider.receipts_url)
    await owner.patch(`/sending/providers/${provider.id}`, { config: { receipts: null } })
    expect((await owner.get(`/sending/providers/${provider.id}`)).body.receipts_url).toBeNull()
    const call = calls.mailgun({ kind: 'bounce', messageId: '', runMonth: '', email: '' })
    expect((await post(provider.receipts_url, call)).statusCode).toBe(404)
  })
})

test('a receipt for a message that comes to be known later is matched then, at last left to a person', async () => {
  const early = '01900000-0000-7000-8000-00000000aaaa'
  const call = calls.mailgun({ kind: 'bounce', messageId: early, runMonth: '', email: 'late@example.org' })
  expect((await post(providers.mailgun.receipts_url, call)).statusCode).toBe(200)
  await readAll()
  const { messageId, campaignId } = await sent()
  await inAccount(app.db, accountId, (trx) =>
    trx
      .updateTable('messages')
      .set({ message_id: early })
      .where('account_id', '=', accountId)
      .where('message_id', '=', messageId)
      .execute(),
  )
  const never = calls.mailgun({
    kind: 'bounce',
    messageId: '01900000-0000-7000-8000-00000000bbbb',
    runMonth: '',
    email: 'x@example.org',
  })
  await post(providers.mailgun.receipts_url, never)
  await readAll()
  await app.advance(15)
  await app.due()
  expect(await countsOf(campaignId)).toMatchObject({ delivered: 0, hard_bounced: 1 })
  await app.advance(7 * 86_400)
  await app.due()
  const states = await inAccount(app.db, accountId, (trx) =>
    trx
      .selectFrom('bounce_reports')
      .select('state')
      .where('account_id', '=', accountId)
      .where('message_id', '=', '01900000-0000-7000-8000-00000000bbbb')
      .execute(),
  )
  expect(states).toEqual([{ state: 'unassigned' }])
})
