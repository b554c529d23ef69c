import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { checkDomain } from '../check/check.ts'
import { publish, startDnsServer } from '../test/dns-server.ts'
import { parseReport } from './parse.ts'
import { takeDmarcReport } from './take.ts'
import { unpackReports } from './unpack.ts'

const dns = await startDnsServer()
afterAll(() => dns.close())
const app = await startTestApp({ env: { DNS_RESOLVERS: dns.address } })
const { owner, deps, accountId } = app
await owner.stepUp()
const { body: domain } = await owner.post('/email/domains', { domain: 'acme.example' })
publish(dns.zone, domain.records)
await checkDomain(deps, accountId, domain.id)

const day = Math.floor(deps.clock.now().getTime() / 1_000) - 86_400
const row = (ip: string, count: number, dkim: string, spf: string, disposition = 'none') =>
  `<record><row><source_ip>${ip}</source_ip><count>${count}</count><policy_evaluated>
    <disposition>${disposition}</disposition><dkim>${dkim}</dkim><spf>${spf}</spf></policy_evaluated></row>
    <identifiers><header_from>acme.example</header_from></identifiers></record>`
const report = (id: string, rows: string, of = 'acme.example') => `<?xml version="1.0"?><feedback>
  <report_metadata><org_name>receiver &amp; sons</org_name><report_id>${id}</report_id>
  <date_range><begin>${day}</begin><end>${day + 86_399}</end></date_range></report_metadata>
  <policy_published><domain>${of}</domain><p>none</p></policy_published>${rows}</feedback>`

const zip = (name: string, content: Buffer): Buffer => {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end])
}
const mail = (type: string, content: Buffer) =>
  Buffer.from(
    [
      'From: noreply@receiver.test',
      'To: dmarc@acme.example',
      'Subject: Report domain: acme.example',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Enclosed.',
      '--b',
      `Content-Type: ${type}`,
      'Content-Disposition: attachment; filename="report"',
      'Content-Transfer-Encoding: base64',
      '',
      content.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
      '--b--',
      '',
    ].join('\r\n'),
  )

test('reports in XML, gz and zip become days, sources and the list of unknown ones, each once', async () => {
  const own = row('192.0.2.1', 90, 'pass', 'fail') + row('192.0.2.1', 5, 'fail', 'fail', 'quarantine')
  const plain = mail('text/xml', Buffer.from(report('r1', own)))
  const stranger = mail(
    'application/gzip',
    gzipSync(report('r2', row('2001:db8::7', 5, 'fail', 'fail', 'reject'))),
  )
  const packed = mail(
    'application/zip',
    zip('r.xml', Buffer.from(report('r3', row('192.0.2.2', 100, 'pass', 'pass')))),
  )
  for (const raw of [plain, stranger, packed]) expect(await takeDmarcReport(deps, raw)).toBe('taken')
  expect(await Promise.all([takeDmarcReport(deps, plain), takeDmarcReport(deps, packed)])).toEqual([
    'repeated',
    'repeated',
  ])
  const { body } = await owner.get(`/email/domains/${domain.id}/dmarc-reports`)
  expect(body).toMatchObject({ reports: 3, pass_rate: 0.95 })
  expect(body.days).toEqual([
    {
      day: new Date(day * 1_000).toISOString().slice(0, 10),
      messages: 200,
      passed: 190,
      dkim_aligned: 190,
      spf_aligned: 100,
      quarantined: 5,
      rejected: 5,
    },
  ])
  expect(body.unknown_sources.map(({ source }: { source: string }) => source)).toEqual(['2001:db8::7'])
  const before = `?from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z`
  expect((await owner.get(`/email/domains/${domain.id}/dmarc-reports${before}`)).body).toMatchObject({
    reports: 0,
    pass_rate: null,
  })
  const reversed = `?from=2020-01-02T00:00:00.000Z&to=2020-01-01T00:00:00.000Z`
  expect((await owner.get(`/email/domains/${domain.id}/dmarc-reports${reversed}`)).status).toBe(422)
})

test('a report about a domain of nobody is unknown, and a mail without one is none', async () => {
  const foreign = mail('text/xml', Buffer.from(report('r9', '', 'elsewhere.example')))
  expect(await takeDmarcReport(deps, foreign)).toBe('unknown')
  expect(await takeDmarcReport(deps, mail('text/xml', Buffer.from('<html>hello</html>')))).toBe('none')
  expect(await takeDmarcReport(deps, Buffer.from('no mail at all'))).toBe('none')
})

describe('what pretends to be a report', () => {
  test.each([
    ['unpacks to too much', gzipSync(Buffer.alloc(30_000_000))],
    ['is a zip cut off', zip('r.xml', Buffer.from(report('x', ''))).subarray(0, 60)],
    ['is a gz cut off', gzipSync(report('x', '')).subarray(0, 40)],
  ])('and %s is left alone', (_name, bytes) => {
    expect(unpackReports(bytes).flatMap((xml) => parseReport(xml.toString()) ?? [])).toEqual([])
  })

  test.each([
    ['has no domain', report('x', '').replace('acme.example', '')],
    ['has no time', report('x', '').replace(String(day), 'soon')],
    ['ends before it begins', report('x', '').replace(`<end>${day + 86_399}`, `<end>${day - 1}`)],
    ['is not XML', 'PK\u0003\u0004'],
  ])('and %s is none', (_name, xml) => {
    expect(parseReport(xml)).toBeNull()
  })

  test('loses the rows that make no sense and keeps the others', () => {
    const rows =
      row('nowhere', 1, 'pass', 'pass') + row('192.0.2.1', 2, 'pass', 'pass') + row('192.0.2.1', -3, 'x', 'x')
    expect(parseReport(report('x', rows))?.rows).toHaveLength(1)
  })

  test('reads no entity of its own', () => {
    const xml = `<!DOCTYPE f [<!ENTITY e SYSTEM "file:///etc/passwd">]>${report('x&e;', '')}`
    expect(parseReport(xml)?.reportId).not.toContain('root:')
  })
})
