import { Resolver } from 'node:dns/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { campaignSource, stopForLostDomain, testSource } from '../campaigns/index.ts'
import { planCampaign } from '../campaigns/run/plan.ts'
import { aCampaign, aContact, aGroup, preflight } from '../campaigns/test/world.ts'
import { openReturnPathToken } from '../content/index.ts'
import { drainChunk, type Engine } from '../messages/engine/drain.ts'
import { resolveRoutes } from '../providers/index.ts'
import { startTestApp } from '../test/app.ts'
import { aColleague, roleIds } from '../test/people.ts'
import { checkDomain } from './check/check.ts'
import type { DomainRecord } from './contract.ts'
import { publish, startDnsServer } from './test/dns-server.ts'

type Verified = {
  readonly results: readonly {
    readonly algo: string
    readonly signingDomain: string
    readonly status: { readonly result: string }
    readonly signingHeaders: { readonly keys: string }
  }[]
}
// An independent reading of the standard; it comes without types for this file.
const verifierName = 'mailauth/lib/dkim/verify.js'
const { dkimVerify } = (await import(/* @vite-ignore */ verifierName)) as {
  dkimVerify: (
    raw: Buffer,
    options: { resolver: (name: string, type: string) => Promise<string[][]> },
  ) => Promise<Verified>
}

const dns = await startDnsServer()
const resolver = new Resolver()
resolver.setServers([dns.address])

type Taken = { readonly from: string; readonly raw: Buffer }
const taken: Taken[] = []
const relay = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData: (stream, { envelope }, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      taken.push({ from: envelope.mailFrom ? envelope.mailFrom.address : '', raw: Buffer.concat(chunks) })
      done()
    })
  },
})
await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', () => resolve()))
afterAll(async () => {
  await dns.close()
  await new Promise<void>((resolve) => relay.close(() => resolve()))
})

const app = await startTestApp({
  env: { DNS_RESOLVERS: dns.address, MAIL_HOST: 'mx.campanile.test', BOUNCE_SMTP_LISTEN: '127.0.0.1:2500' },
})
const { owner, deps, accountId } = app
await owner.stepUp()
await owner.patch('/account', { postal_address: 'Długa 1\n00-001 Warszawa' })
const [mailbox] = (await owner.get('/sending/providers')).body.data
const [route] = (await owner.get('/sending/routes')).body.data
const relayAt = async (host: string): Promise<string> => {
  const { port } = relay.server.address() as { port: number }
  const loopback = host === '127.0.0.1'
  const config = loopback ? { host, port, tls: 'none' } : { host, port: 587, tls: 'starttls' }
  const made = await owner.post('/sending/providers', { channel: 'email', kind: 'smtp', name: host, config })
  expect(made.status, made.raw).toBe(201)
  return made.body.id
}
const [local, distant] = [await relayAt('127.0.0.1'), await relayAt('8.8.8.8')]
const routeTo = async (provider: string) => {
  const changed = await owner.patch(`/sending/routes/${route.id}`, { providers: [{ provider_id: provider }] })
  expect(changed.status, changed.raw).toBe(200)
}

const engine: Engine = {
  deps,
  nodeId: '00000000-0000-7000-8000-00000000bbbb',
  sources: { campaign: campaignSource, test: testSource },
  resolveRoutes,
  signal: new AbortController().signal,
  closedGates: new Set(),
}

const made = await owner.post('/email/domains', { domain: 'shop.example', dkim_key: 'rsa_2048_ed25519' })
expect(made.status, made.raw).toBe(201)
dns.zone['shop.example'] = { NS: ['ns.host.test'] }
const sender = (await owner.post('/email/senders', { name: 'Shop', email: 'news@shop.example' })).body
const campaignTo = async (name: string) => {
  const group = await aGroup(owner)
  await aContact(owner, { email: `${name}@receiver.test`, first_name: 'Łucja', groups_add: [group] })
  return aCampaign(owner, { sender_id: sender.id, audience: { group_ids: [group] } })
}
const senderCodes = ['sender_not_authorized', 'dkim_invalid', 'dmarc_missing', 'return_path_invalid']
const known = (codes: string[]) => codes.filter((code) => senderCodes.includes(code))

test('a campaign from an unproven domain is refused on a live route and warned on a local one', async () => {
  const id = await campaignTo('early')
  await routeTo(distant)
  expect(known((await preflight(owner, id)).codes('block'))).toEqual(senderCodes)
  const refused = await owner.post(`/campaigns/${id}/send`)
  expect([refused.status, refused.body.code]).toEqual([422, 'preflight_failed'])
  for (const provider of [local, mailbox.id]) {
    await routeTo(provider)
    const { codes } = await preflight(owner, id)
    expect([known(codes('block')), known(codes('warn'))]).toEqual([[], senderCodes])
  }
})

test('from a foreign domain ten tests a day may leave on a live route', async () => {
  const id = await campaignTo('tests')
  await routeTo(distant)
  const to = Array.from({ length: 10 }, (_, at) => `t${at}@receiver.test`)
  expect((await owner.post(`/campaigns/${id}/test`, { to })).status).toBe(202)
  expect((await owner.post(`/campaigns/${id}/test`, { to: ['t@receiver.test'] })).status).toBe(429)
  await routeTo(local)
  expect((await owner.post(`/campaigns/${id}/test`, { to: ['t@receiver.test'] })).status).toBe(202)
})

test('a sender or a domain that is for one role is refused to others', async () => {
  const roles = await roleIds(owner)
  const { client } = await aColleague(app, owner, { roles: ['campaign_manager'] })
  const id = await campaignTo('roles')
  const limit = (path: string, role: string | undefined) =>
    owner.patch(path, { allowed_role_ids: role ? [role] : [] })
  const start = async () => (await client.post(`/campaigns/${id}/test`, { to: ['r@receiver.test'] })).status
  for (const path of [`/email/senders/${sender.id}`, `/email/domains/${made.body.id}`]) {
    expect((await limit(path, roles['analyst'])).status).toBe(200)
    expect(await start()).toBe(403)
    expect((await client.post(`/campaigns/${id}/send`)).status).toBe(403)
    await limit(path, roles['campaign_manager'])
    expect(await start()).toBe(202)
    await limit(path, undefined)
  }
})

test('with DKIM and without DMARC a campaign is still refused, and with it let go', async () => {
  const id = await campaignTo('second')
  await routeTo(distant)
  publish(
    dns.zone,
    made.body.records.filter(({ kind }: DomainRecord) => kind !== 'dmarc'),
  )
  await checkDomain(deps, accountId, made.body.id)
  expect(known((await preflight(owner, id)).codes('block'))).toEqual(['dmarc_missing'])
  publish(dns.zone, made.body.records)
  await checkDomain(deps, accountId, made.body.id)
  expect(known((await preflight(owner, id)).codes('block'))).toEqual([])
  expect((await owner.get(`/email/senders/${sender.id}`)).body).toMatchObject({
    state: 'verified',
    domain_id: made.body.id,
  })
})

test('every message of the domain carries two signatures that an independent verifier finds good', async () => {
  await routeTo(local)
  const id = await campaignTo('signed')
  expect((await owner.post(`/campaigns/${id}/send`)).status).toBe(200)
  await planCampaign(deps, { account_id: accountId, id })
  while (await drainChunk(engine, { accountId, sourceId: id, kind: 'campaign' }));
  const [message] = taken
  if (!message) throw new Error('nothing arrived')
  const { results } = await dkimVerify(message.raw, {
    resolver: (name, type) => resolver.resolve(name, type) as Promise<string[][]>,
  })
  expect(results.map(({ algo, signingDomain, status }) => [algo, signingDomain, status.result])).toEqual([
    ['rsa-sha256', 'shop.example', 'pass'],
    ['ed25519-sha256', 'shop.example', 'pass'],
  ])
  for (const { signingHeaders } of results) {
    expect(signingHeaders.keys.toLowerCase()).toMatch(/list-unsubscribe:/)
    expect(signingHeaders.keys.toLowerCase()).toMatch(/list-unsubscribe-post/)
  }
  const [token = '', host] = message.from.split('@')
  expect(host).toBe('bounce.shop.example')
  const [row] = (await owner.get(`/campaigns/${id}/messages`)).body.data
  expect(openReturnPathToken(deps.keys, token)).toMatchObject({
    accountId,
    messageId: row.message_id,
    test: false,
  })
})

test('when the domain breaks, what is scheduled is held; a domain in use is not deleted', async () => {
  await routeTo(local)
  const running = await campaignTo('running')
  expect((await owner.post(`/campaigns/${running}/send`)).body.status).toBe('preparing')
  await routeTo(distant)
  const id = await campaignTo('held')
  const scheduled = await owner.post(`/campaigns/${id}/schedule`, { planned_at: '2100-01-01T00:00:00.000Z' })
  expect(scheduled.status, scheduled.raw).toBe(200)
  const refused = await owner.del(`/email/domains/${made.body.id}`)
  expect([refused.status, refused.body.code, refused.body.used_in?.[0]?.id]).toEqual([
    409,
    'domain_in_use',
    id,
  ])
  for (const name of Object.keys(dns.zone)) if (name.startsWith('_campanile')) delete dns.zone[name]
  await checkDomain(deps, accountId, made.body.id)
  await app.advance(6 * 3_600)
  await checkDomain(deps, accountId, made.body.id)
  await stopForLostDomain(deps, { account_id: accountId, id: made.body.id })
  await owner.post('/sign-in', { login: 'owner@acme.test', password: 'correct horse battery staple' })
  expect((await owner.get(`/campaigns/${id}`)).body).toMatchObject({
    status: 'held',
    status_reason: 'preflight_changed',
  })
  expect((await owner.get(`/campaigns/${running}`)).body).toMatchObject({
    status: 'paused',
    status_reason: 'sender_lost',
  })
  expect((await owner.post(`/campaigns/${running}/resume`)).body.code).toBe('cause_still_present')
})
