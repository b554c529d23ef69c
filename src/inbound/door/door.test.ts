import { mkdtempSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, expect, test } from 'vitest'
import { localhostCertificate } from '../../channels/email/smtp/test/certificates.ts'
import { makeReturnPathToken } from '../../content/index.ts'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { aSentCampaign } from '../../test/sent-campaign.ts'
import { startReturnDoor } from './door.ts'
import { makeDoorLimits } from './limits.ts'

const folder = mkdtempSync(join(tmpdir(), 'campanile-door-'))
const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
writeFileSync(files.cert, localhostCertificate.cert)
writeFileSync(files.key, localhostCertificate.key)

const port = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address() as AddressInfo
    probe.close(() => resolve(free))
  })
})

const app = await startTestApp({
  jobs: true,
  env: {
    BOUNCE_SMTP_LISTEN: `127.0.0.1:${port}`,
    BOUNCE_SMTP_CERT_FILE: files.cert,
    BOUNCE_SMTP_KEY_FILE: files.key,
  },
})
const { deps, accountId, owner } = app
const door = await startReturnDoor(deps)
if (!door) throw new Error('the listener is on')
afterAll(() => door.close())

const transport = (options: object = {}) =>
  createTransport({ host: '127.0.0.1', port: door.port, tls: { rejectUnauthorized: false }, ...options })

const report = [
  'From: MAILER-DAEMON@mx.example.org',
  'Subject: Undelivered Mail Returned to Sender',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example.org',
  '',
  'Final-Recipient: rfc822; anna@example.org',
  'Action: failed',
  'Status: 5.1.1',
  '',
  '--b--',
  '',
].join('\r\n')

const send = (to: string | string[], raw: string = report, options: object = {}) =>
  transport(options).sendMail({ envelope: { from: '', to }, raw })

const aReturnPath = async () => {
  const campaign = await aSentCampaign(app, { messages: [{ email: `${crypto.randomUUID()}@example.org` }] })
  const messageId = campaign.messages[0]?.messageId ?? ''
  const token = makeReturnPathToken(deps.keys, {
    accountId,
    messageId,
    runMonth: campaign.runMonth,
    test: false,
  })
  return { campaignId: campaign.campaignId, address: `${token}@bounce.acme.test` }
}

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it never came to hold')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const countMails = () =>
  inAccount(app.db, accountId, async (trx) => {
    const rows = await trx
      .selectFrom('inbound_mails')
      .select('id')
      .where('account_id', '=', accountId)
      .execute()
    return rows.length
  })

test('a report brought over SMTP, in clear or with STARTTLS, reaches the campaign', async () => {
  for (const options of [{ ignoreTLS: true }, { requireTLS: true }]) {
    const { campaignId, address } = await aReturnPath()
    const answer = await send(address.toUpperCase(), report, options)
    expect(answer.accepted).toHaveLength(1)
    await until(
      async () => (await owner.get(`/campaigns/${campaignId}/report`)).body.counts.bounced_later === 1,
    )
  }
})

test('nothing is passed on: who is nobody here is refused before any content', async () => {
  const before = await countMails()
  for (const to of [
    'victim@example.com',
    'postmaster@bounce.acme.test',
    `${'a'.repeat(64)}@bounce.acme.test`,
  ])
    await expect(send(to)).rejects.toMatchObject({ responseCode: 550 })
  expect(await countMails()).toBe(before)
})

test('of several recipients each has a mail of its own', async () => {
  const before = await countMails()
  const [first, second] = await Promise.all([aReturnPath(), aReturnPath()])
  await send([first.address, 'nobody@example.com', second.address])
  expect(await countMails()).toBe(before + 2)
})

test('a mail that is too large is refused and not kept', async () => {
  const { address } = await aReturnPath()
  const before = await countMails()
  const large = `Subject: x\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(140_000)}`
  await expect(send(address, large)).rejects.toMatchObject({ responseCode: 552 })
  expect(await countMails()).toBe(before)
})

test('one address gets no more than its share', () => {
  let nowMs = 0
  const limits = makeDoorLimits(() => nowMs)
  const entered = Array.from({ length: 12 }, () => limits.enter('192.0.2.1')).filter(Boolean)
  expect(entered).toHaveLength(10)
  expect(limits.enter('192.0.2.2')).toBe(true)
  limits.leave('192.0.2.1')
  expect(limits.enter('192.0.2.1')).toBe(true)
  const mails = Array.from({ length: 700 }, () => limits.countMail('192.0.2.1')).filter(Boolean)
  expect(mails).toHaveLength(600)
  nowMs = 60_001
  expect(limits.countMail('192.0.2.1')).toBe(true)
  const unknown = Array.from({ length: 40 }, () => limits.countUnknown('192.0.2.3')).filter(Boolean)
  expect(unknown).toHaveLength(30)
})
