import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { password, startTestApp } from '../test/app.ts'
import { checkDomain } from './check/check.ts'
import type { DomainRecord } from './contract.ts'
import { sendingIdentity } from './index.ts'
import { publish, startDnsServer } from './test/dns-server.ts'

const dns = await startDnsServer()
afterAll(() => dns.close())
const app = await startTestApp({
  env: {
    DNS_RESOLVERS: dns.address,
    SERVICE_DOMAIN: 'service.test',
    MAIL_HOST: 'mx.campanile.test',
    BOUNCE_SMTP_LISTEN: '127.0.0.1:2500',
  },
})
const { owner, other, nobody, deps, accountId } = app
for (const client of [owner, other]) await client.stepUp()

/** Time passes, and both owners come back. */
const later = async (hours: number) => {
  await app.advance(Math.round(hours * 3_600))
  for (const [client, login] of [
    [owner, 'owner@acme.test'],
    [other, 'owner@other.test'],
  ] as const) {
    await client.post('/sign-in', { login, password })
    await client.stepUp()
  }
}

let n = 0
const aDomain = async (given: object = {}, client = owner) => {
  n += 1
  const made = await client.post('/email/domains', { domain: `d${n}.test`, ...given })
  expect(made.status, made.raw).toBe(201)
  return made.body
}
const zoneOf = (domain: string) => {
  dns.zone[domain] = { ...dns.zone[domain], NS: ['ns.host.test'] }
}
const check = (domain: { id: string }, account = accountId) => checkDomain(deps, account, domain.id)
const read = async (domain: { id: string }, client = owner) =>
  (await client.get(`/email/domains/${domain.id}`)).body
const recordOf = (domain: { records: DomainRecord[] }, kind: string, type?: string) =>
  domain.records.find((one) => one.kind === kind && (type === undefined || one.type === type)) as DomainRecord
const anAuthorized = async (given: object = {}) => {
  const made = await aDomain(given)
  zoneOf(made.domain)
  publish(dns.zone, made.records)
  await check(made)
  const domain = await read(made)
  expect(domain.state, JSON.stringify(domain.records)).toBe('authorized')
  return domain
}
beforeEach(() => {
  dns.down = false
})

describe('a domain cannot be', () => {
  test.each([
    ['a name with a space', { domain: 'acme corp.com' }, 'invalid_domain'],
    ['one word', { domain: 'acme' }, 'invalid_domain'],
    ['a network address', { domain: '192.0.2.1' }, 'invalid_domain'],
    ['an address of a page', { domain: 'https://acme.com' }, 'invalid_domain'],
    ['a name with an underscore', { domain: '_x.acme.com' }, 'invalid_domain'],
    ['an e-mail address', { domain: 'me@acme.com' }, 'invalid_domain'],
    ['a public suffix', { domain: 'com.pl' }, 'public_domain_refused'],
    ['a top level', { domain: 'com' }, 'public_domain_refused'],
    ['a private suffix', { domain: 'github.io' }, 'public_domain_refused'],
    ['a public mailbox domain', { domain: 'GMail.com' }, 'public_domain_refused'],
    ['one below a public mailbox domain', { domain: 'x.wp.pl' }, 'public_domain_refused'],
    ['with a selector of 2', { domain: 'acme.com', dkim_selector: 'ab' }, 'invalid_selector'],
    ['with a selector of 8', { domain: 'acme.com', dkim_selector: 'abcdefgh' }, 'invalid_selector'],
    ['with capitals in the selector', { domain: 'acme.com', dkim_selector: 'Abc' }, 'invalid_selector'],
    ['with RSA 1024', { domain: 'acme.com', dkim_key: 'rsa_1024' }, 'validation_failed'],
    ['with a label of two parts', { domain: 'acme.com', return_path_label: 'a.b' }, 'validation_failed'],
    ['with one label twice', { domain: 'acme.com', return_path_label: 'click' }, 'validation_failed'],
    ['with pct 101', { domain: 'acme.com', dmarc: { pct: 101 } }, 'validation_failed'],
    ['with six rua', { domain: 'acme.com', dmarc: { rua: Array(6).fill('a@b.test') } }, 'validation_failed'],
    ['with a rua that is none', { domain: 'acme.com', dmarc: { rua: ['nobody'] } }, 'email_invalid'],
    [
      'for an unknown role',
      { domain: 'acme.com', allowed_role_ids: ['00000000-0000-7000-8000-00000000dead'] },
      'unknown_role',
    ],
  ])('%s', async (_name, body, code) => {
    const { status, body: problem } = await owner.post('/email/domains', body)
    expect([status, problem.code]).toEqual([422, code])
  })
})

test('a domain gets its records: labels and selectors stand before the domain, in A-labels', async () => {
  const made = await aDomain({
    domain: 'Żółw.example',
    dkim_selector: 'abc',
    return_path_label: 'odbicia',
    dmarc: { policy: 'quarantine', rua: ['dmarc@zolw.example'], adkim: 'strict' },
    dkim_key: 'rsa_2048_ed25519',
  })
  const domain = 'xn--w-uga1v8h.example'
  expect(made).toMatchObject({ domain, state: 'pending', suggested_subdomain: `news.${domain}` })
  const names = made.records.map(({ type, name }: DomainRecord) => `${type} ${name}`)
  expect(names.toSorted()).toEqual(
    [
      `CNAME click.${domain}`,
      `MX odbicia.${domain}`,
      `TXT _campanile.${domain}`,
      `TXT _dmarc.${domain}`,
      `TXT ab2._domainkey.${domain}`,
      `TXT abc-ed._domainkey.${domain}`,
      `TXT abc-ed2._domainkey.${domain}`,
      `TXT abc._domainkey.${domain}`,
      `TXT ${domain}`,
      `TXT odbicia.${domain}`,
    ].toSorted(),
  )
  expect(recordOf(made, 'dmarc').value).toBe('v=DMARC1; p=quarantine; rua=mailto:dmarc@zolw.example; adkim=s')
  expect(recordOf(made, 'return_path', 'MX')).toMatchObject({
    value: 'mx.campanile.test',
    priority: 10,
    host: 'odbicia',
  })
  expect(recordOf(made, 'return_path', 'TXT').value).toBe('v=spf1 a:mx.campanile.test ~all')
  expect(JSON.stringify(made)).not.toContain('PRIVATE')
  expect((await owner.post('/email/domains', { domain })).body.code).toBe('duplicate')
})

test('what is published right is authorized; without DMARC only transactional mail may leave', async () => {
  const made = await aDomain({ domain: 'shop.acme-one.example' })
  zoneOf('acme-one.example')
  publish(
    dns.zone,
    made.records.filter(({ kind }: DomainRecord) => kind === 'ownership'),
  )
  expect((await owner.post(`/email/domains/${made.id}/check`)).body.state).toBe('partial')
  const early = await owner.post(`/email/domains/${made.id}/check`)
  expect([early.status, early.body.code]).toEqual([429, 'rate_limited'])
  publish(
    dns.zone,
    made.records.filter(({ kind }: DomainRecord) => kind !== 'dmarc'),
  )
  await check(made)
  const domain = await read(made)
  expect(domain).toMatchObject({
    state: 'authorized',
    may_send: { campaigns: false, transactional: true },
    zone: 'acme-one.example',
    name_servers: ['ns.host.test'],
    guide: 'other',
  })
  expect(recordOf(domain, 'return_path', 'MX').host).toBe('bounce.shop')
  expect(recordOf(domain, 'dmarc')).toMatchObject({ state: 'invalid', finding: 'missing' })
  dns.zone['_dmarc.acme-one.example'] = { TXT: ['v=DMARC1; p=reject'] }
  await check(made)
  const inherited = await read(made)
  expect(recordOf(inherited, 'dmarc')).toMatchObject({ state: 'valid', finding: 'inherited' })
  expect(inherited.may_send.campaigns).toBe(true)
})

describe('a record that was entered wrong is explained', () => {
  const rsa = (record: DomainRecord) => record.value
  const cases: [string, string, (record: DomainRecord, domain: string) => void, string, string][] = [
    [
      'under the doubled zone',
      'dkim',
      (r, d) => {
        dns.zone[`${r.name}.${d}`] = { TXT: [rsa(r)] }
      },
      'invalid',
      'zone_doubled',
    ],
    [
      'with quotes in the value',
      'dkim',
      (r) => {
        dns.zone[r.name] = { TXT: [`"${rsa(r)}"`] }
      },
      'invalid',
      'quotes_in_value',
    ],
    [
      'with a key cut after 255 characters',
      'dkim',
      (r) => {
        dns.zone[r.name] = { TXT: [rsa(r).slice(0, 255)] }
      },
      'invalid',
      'truncated',
    ],
    [
      'with another key',
      'dkim',
      (r) => {
        dns.zone[r.name] = { TXT: ['v=DKIM1; k=rsa; p=AAAA'] }
      },
      'invalid',
      'other_value',
    ],
    [
      'twice',
      'dkim',
      (r) => {
        dns.zone[r.name] = { TXT: [rsa(r), 'v=DKIM1; p=AAAA'] }
      },
      'invalid',
      'two_records',
    ],
    [
      'with spaces that do not matter',
      'dkim',
      (r) => {
        dns.zone[r.name] = { TXT: [rsa(r).replaceAll('; ', ' ;  ')] }
      },
      'valid',
      '',
    ],
    [
      'without the final dot',
      'return_path',
      (r, d) => {
        dns.zone[r.name] = { MX: [`10 mx.campanile.test.${d}`] }
      },
      'invalid',
      'missing_final_dot',
    ],
    [
      'behind another server',
      'return_path',
      (r) => {
        dns.zone[r.name] = { MX: ['5 other.test', '10 mx.campanile.test'] }
      },
      'invalid',
      'two_records',
    ],
    [
      'two policies',
      'dmarc',
      (r) => {
        dns.zone[r.name] = { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }
      },
      'invalid',
      'two_records',
    ],
    [
      'another policy',
      'dmarc',
      (r) => {
        dns.zone[r.name] = { TXT: ['v=DMARC1; p=reject; pct=50'] }
      },
      'valid',
      'other_policy',
    ],
    [
      'no policy',
      'dmarc',
      (r) => {
        dns.zone[r.name] = { TXT: ['v=DMARC1; rua=mailto:x@y.test'] }
      },
      'invalid',
      'other_value',
    ],
    [
      'another token',
      'ownership',
      (r) => {
        dns.zone[r.name] = { TXT: ['campanile-verification=other'] }
      },
      'invalid',
      'other_value',
    ],
    [
      'a token in quotes',
      'ownership',
      (r) => {
        dns.zone[r.name] = { TXT: [`"${r.value}"`] }
      },
      'invalid',
      'quotes_in_value',
    ],
    ['no SPF', 'spf', () => {}, 'warning', 'missing'],
    [
      'two SPF records',
      'spf',
      (r) => {
        dns.zone[r.name] = { ...dns.zone[r.name], TXT: ['v=spf1 mx -all', 'v=spf1 a -all'] }
      },
      'warning',
      'two_records',
    ],
    [
      'an SPF record of others',
      'spf',
      (r) => {
        dns.zone[r.name] = { ...dns.zone[r.name], TXT: ['v=spf1 include:a.test -all', 'else'] }
      },
      'warning',
      'other_value',
    ],
    [
      'a pointer elsewhere',
      'tracking',
      (r) => {
        dns.zone[r.name] = { CNAME: ['elsewhere.test'] }
      },
      'warning',
      'other_value',
    ],
  ]
  test.each(cases)('%s (%s)', async (_name, kind, enter, state, finding) => {
    const made = await aDomain()
    zoneOf(made.domain)
    const record = recordOf(made, kind, kind === 'return_path' ? 'MX' : undefined)
    enter(record, made.domain)
    await check(made)
    const found = (await read(made)).records.find(({ id }: DomainRecord) => id === record.id)
    expect([found.state, found.finding ?? '']).toEqual([state, finding])
  })

  test('the SPF record shown is the one found with what it lacks', async () => {
    const made = await aDomain()
    zoneOf(made.domain)
    dns.zone[made.domain] = { ...dns.zone[made.domain], TXT: ['v=spf1 include:a.test -all'] }
    dns.zone['a.test'] = {
      TXT: [`v=spf1 ${Array.from({ length: 9 }, (_, k) => `a:h${k}.test`).join(' ')} -all`],
    }
    await check(made)
    expect(recordOf(await read(made), 'spf')).toMatchObject({
      value: 'v=spf1 include:a.test a:mx.campanile.test -all',
      finding: 'too_many_lookups',
      finding_detail: { lookups: '11' },
    })
  })
})

test('an outage of the name service breaks nothing', async () => {
  const domain = await anAuthorized()
  dns.down = true
  for (const hours of [0, 7, 24]) {
    await later(hours)
    await check(domain)
  }
  const after = await read(domain)
  expect(after.state).toBe('authorized')
  expect(recordOf(after, 'ownership')).toMatchObject({ state: 'valid', finding: 'no_answer' })
})

test('a lost record breaks the domain when it is still missing six hours later, and its return heals it', async () => {
  const domain = await anAuthorized()
  const [mx] = [recordOf(domain, 'return_path', 'MX')]
  delete dns.zone[mx.name]
  await check(domain)
  const lost = await read(domain)
  expect(lost).toMatchObject({ state: 'authorized', may_send: { campaigns: false, transactional: true } })
  await later(5.97)
  await check(domain)
  expect((await read(domain)).state).toBe('authorized')
  await later(0.04)
  await check(domain)
  expect(await read(domain)).toMatchObject({
    state: 'broken',
    may_send: { campaigns: false, transactional: true },
  })
  const outbox = await nobody.send({ method: 'GET', url: '/test/outbox' })
  expect(outbox.raw).toContain(domain.domain)
  await later(72.01)
  expect((await read(domain)).may_send.transactional).toBe(false)
  publish(dns.zone, domain.records)
  await check(domain)
  expect(await read(domain)).toMatchObject({
    state: 'authorized',
    broken_at: null,
    may_send: { campaigns: true },
  })
})

test('checks come every five minutes, then every hour, then every day', async () => {
  const made = await aDomain()
  zoneOf(made.domain)
  const waits: number[] = []
  for (const hours of [0, 1.9, 0.2, 69, 3]) {
    await later(hours)
    await check(made)
    const { next_check_at, checked_at } = await read(made)
    waits.push((Date.parse(next_check_at) - Date.parse(checked_at)) / 60_000)
  }
  expect(waits.map(Math.round)).toEqual([5, 5, 60, 60, 1_440])
})

test('a changed label makes a new record and keeps the old one for 14 days', async () => {
  const domain = await anAuthorized()
  const changed = await owner.patch(`/email/domains/${domain.id}`, { return_path_label: 'back' })
  expect(changed.status, changed.raw).toBe(200)
  expect(changed.body.state).toBe('authorized')
  const paths = changed.body.records.filter(({ kind }: DomainRecord) => kind === 'return_path')
  expect(paths.map(({ name, retired_until }: DomainRecord) => [name, retired_until !== null])).toEqual([
    [`back.${domain.domain}`, false],
    [`back.${domain.domain}`, false],
    [`bounce.${domain.domain}`, true],
    [`bounce.${domain.domain}`, true],
  ])
  const pathOf = () =>
    inAccount(deps.db, accountId, async (trx) =>
      (await sendingIdentity(trx, deps, accountId, `x@${domain.domain}`)).returnPath?.({
        messageId: domain.id,
        runMonth: '2026-11-01',
        test: false,
      }),
    )
  expect(await pathOf()).toMatch(new RegExp(`^[0-9a-z]{64}@bounce\\.${domain.domain}$`))
  publish(dns.zone, changed.body.records)
  await check(domain)
  expect(await pathOf()).toMatch(new RegExp(`@back\\.${domain.domain}$`))
  await later(14 * 24 + 0.01)
  await check(domain)
  expect((await read(domain)).records).toHaveLength(domain.records.length)
})

test('a rotation signs with the published second key and never with one that is not', async () => {
  const domain = await anAuthorized({ dkim_selector: 'key1' })
  const active = (from: { keys: { selector: string; active: boolean }[] }) =>
    from.keys.filter((key) => key.active).map(({ selector }) => selector)
  expect(active(domain)).toEqual(['key1'])
  const rotated = await owner.post(`/email/domains/${domain.id}/rotate-dkim`)
  expect(rotated.status, rotated.raw).toBe(200)
  expect([active(rotated.body), rotated.body.state]).toEqual([['key2'], 'authorized'])
  const fresh = (from: { records: DomainRecord[] }) =>
    from.records.find(({ selector }) => selector === 'key1')
  expect(fresh(rotated.body)?.value).not.toBe(fresh(domain)?.value)
  const again = await owner.post(`/email/domains/${domain.id}/rotate-dkim`)
  expect([again.status, again.body.code]).toEqual([422, 'sender_domain_not_authorized'])
})

test('the first account that proves a domain holds it; a fresh token in the zone takes it over', async () => {
  const mine = await anAuthorized()
  const rival = await other.post('/email/domains', { domain: mine.domain })
  expect([rival.status, rival.body.code]).toEqual([409, 'domain_taken'])
  const { proof } = rival.body
  expect(proof).toMatchObject({ type: 'TXT', name: `_campanile.${mine.domain}` })
  expect((await other.post('/email/domains', { domain: mine.domain })).body.proof.value).toBe(proof.value)
  dns.zone[proof.name] = { TXT: [proof.value] }
  const taken = await other.post('/email/domains', { domain: mine.domain })
  expect(taken.status, taken.raw).toBe(201)
  await check(taken.body, app.otherAccountId)
  expect(recordOf(await read(taken.body, other), 'ownership').state).toBe('valid')
  await check(mine)
  expect(await read(mine)).toMatchObject({ state: 'broken', may_send: { campaigns: false } })
})

test('of two accounts that prove one name at once one holds it', async () => {
  const [one, two] = [await aDomain({ domain: 'race.test' }), await aDomain({ domain: 'race.test' }, other)]
  zoneOf('race.test')
  const token = '_campanile.race.test'
  dns.zone[token] = { TXT: [recordOf(one, 'ownership').value, recordOf(two, 'ownership').value] }
  await Promise.all([check(one), check(two, app.otherAccountId)])
  const states = [await read(one), await read(two, other)].map((domain) => recordOf(domain, 'ownership'))
  expect(states.map(({ state, finding }) => finding ?? state).toSorted()).toEqual([
    'held_by_another_account',
    'valid',
  ])
})

test('in delegated mode everything but the proof points into the service domain, and what stands there counts', async () => {
  const made = await aDomain({ mode: 'delegated' })
  zoneOf(made.domain)
  publish(dns.zone, made.records)
  expect(recordOf(made, 'dkim')).toMatchObject({
    type: 'CNAME',
    value: expect.stringMatching(/\.service\.test$/),
  })
  await check(made)
  expect(recordOf(await read(made), 'dkim')).toMatchObject({
    state: 'invalid',
    finding: 'service_record_missing',
  })
  const { raw } = await owner.get(`/email/domains/${made.id}/zonefile?part=service`)
  for (const line of raw.split('\n').filter((text) => / IN /.test(text) && !text.startsWith(';'))) {
    const [, name = '', type = '', value = ''] = /^(\S+)\. \d+ IN (\S+) (.*)$/.exec(line) ?? []
    const plain = type === 'TXT' ? value.slice(1, -1).replaceAll('" "', '') : value.replace(/\.$/, '')
    dns.zone[name] = { ...dns.zone[name], [type]: [plain] }
  }
  await check(made)
  const domain = await read(made)
  expect(domain, JSON.stringify(domain.records)).toMatchObject({
    state: 'authorized',
    may_send: { campaigns: true },
  })
})

test('a draft has no records until they are generated; a disabled domain sends nothing', async () => {
  const draft = await aDomain({ generate: false })
  expect([draft.state, draft.records]).toEqual(['draft', []])
  const path = `/email/domains/${draft.id}`
  expect((await owner.patch(path, { generate: true })).body.state).toBe('pending')
  const domain = await anAuthorized()
  const off = await owner.patch(`/email/domains/${domain.id}`, { disabled: true })
  expect(off.body).toMatchObject({
    state: 'disabled',
    next_check_at: null,
    may_send: { transactional: false },
  })
  expect((await owner.patch(`/email/domains/${domain.id}`, { disabled: false })).body.state).toBe(
    'authorized',
  )
  expect((await owner.patch(path, { tracking_label: 'bounce' })).body.code).toBe('validation_failed')
  expect((await owner.patch(path, { mode: 'direct' }, { 'if-match': '"99"' })).body.code).toBe(
    'version_conflict',
  )
  expect((await owner.del(path)).status).toBe(204)
  expect((await owner.get(path)).status).toBe(404)
})

test('a zone file holds long values in pieces and names with final dots', async () => {
  const made = await aDomain()
  const { headers, raw } = await owner.get(`/email/domains/${made.id}/zonefile`)
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(raw).toContain(`bounce.${made.domain}. 3600 IN MX 10 mx.campanile.test.`)
  expect(raw).toMatch(/_domainkey\.\S+\. 3600 IN TXT "v=DKIM1; k=rsa; p=[^"]{200,}" "[^"]+"/)
})

test('records are mailed to whoever manages the zone, ten times a day', async () => {
  const made = await aDomain()
  const path = `/email/domains/${made.id}/send-records`
  expect((await owner.post(path, { to: 'nobody' })).body.code).toBe('email_invalid')
  expect((await owner.post(path, { to: 'admin@host.example', language: 'pl' })).status).toBe(202)
  const { raw } = await nobody.send({ method: 'GET', url: '/test/outbox' })
  expect(raw).toContain(recordOf(made, 'ownership').value)
  for (let sent = 1; sent < 10; sent += 1) await owner.post(path, { to: 'admin@host.example' })
  expect((await owner.post(path, { to: 'admin@host.example' })).status).toBe(429)
})

test('guides come in the language of the caller and fit the name servers', async () => {
  const { body } = await owner.get('/email/domain-guides')
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['nazwa-pl', 'home-pl', 'cyber-folks', 'zenbox', 'ovhcloud', 'godaddy', 'other']),
  )
  const made = await aDomain()
  dns.zone[made.domain] = { NS: ['dns17.ovh.net', 'ns17.ovh.net'] }
  await check(made)
  expect((await read(made)).guide).toBe('ovhcloud')
})

test('nobody else reaches a domain', async () => {
  const { id } = await aDomain()
  const path = `/email/domains/${id}`
  for (const answer of [
    await other.get(path),
    await other.patch(path, {}),
    await other.del(path),
    await other.post(`${path}/check`),
    await other.post(`${path}/rotate-dkim`),
    await other.get(`${path}/zonefile`),
    await other.get(`${path}/dmarc-reports`),
    await other.post(`${path}/send-records`, { to: 'a@b.test' }),
  ])
    expect(answer.status).toBe(404)
  expect((await nobody.get('/email/domains')).status).toBe(401)
  expect((await nobody.post('/email/domains', { domain: 'x.test' })).status).toBe(401)
})
