import { afterAll, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { startDnsServer } from '../test/dns-server.ts'
import { askOf } from './ask.ts'
import { observe } from './observe.ts'
import { findZone, type Zone } from './zone.ts'

const [own, world] = [await startDnsServer(), await startDnsServer()]
afterAll(() => Promise.all([own.close(), world.close()]))
const app = await startTestApp({ env: { DNS_RESOLVERS: world.address } })
const zone: Zone = {
  apex: 'acme.example',
  nameServers: ['ns.acme.example'],
  authority: askOf([own.address]),
  resolvers: [askOf([world.address]), askOf([world.address])],
}
const long = 'x'.repeat(600)

test.each([
  ['nothing anywhere', {}, {}, { kind: 'none' }, false],
  ['the same on both sides', { TXT: ['a'] }, { TXT: ['a'] }, { kind: 'values', values: ['a'] }, false],
  [
    'a value of many strings over TCP',
    { TXT: [long] },
    { TXT: [long] },
    { kind: 'values', values: [long] },
    false,
  ],
  ['what only the zone has yet', { TXT: ['new'] }, {}, { kind: 'values', values: ['new'] }, true],
  [
    'what the world still remembers',
    { TXT: ['new'] },
    { TXT: ['old'] },
    { kind: 'values', values: ['new'] },
    true,
  ],
  ['what was removed from the zone', {}, { TXT: ['old'] }, { kind: 'none' }, false],
  [
    'a pointer out of the zone',
    { CNAME: ['x.other.example'] },
    { TXT: ['b'] },
    { kind: 'values', values: ['b'] },
    false,
  ],
] as const)('the servers of the zone decide: %s', async (name, there, seen, told, propagating) => {
  const host = `${name.toLowerCase().replaceAll(/\W+/g, '-')}.acme.example`
  own.zone[host] = { TXT: [], ...there } as never
  world.zone[host] = { TXT: [], ...seen } as never
  expect(await observe(zone, host, 'TXT')).toEqual({ told, propagating })
})

test('a zone whose servers do not answer is read from the resolvers', async () => {
  world.zone['dead.example'] = { NS: ['ns.dead.example'], TXT: ['v=spf1 -all'] }
  world.zone['ns.dead.example'] = { A: ['127.0.0.77'] }
  const found = await findZone(app.deps, 'dead.example')
  expect(found).toMatchObject({ apex: 'dead.example', nameServers: ['ns.dead.example'], authority: null })
  expect((await observe(found, 'dead.example', 'TXT')).told).toEqual({
    kind: 'values',
    values: ['v=spf1 -all'],
  })
})

test('a zone is found above a name, and never above what can be registered', async () => {
  world.zone['shop.example'] = { NS: ['ns.host.example'] }
  world.zone['co.uk'] = { NS: ['ns.nic.uk'] }
  expect((await findZone(app.deps, 'a.b.shop.example')).apex).toBe('shop.example')
  expect((await findZone(app.deps, 'shop.co.uk')).apex).toBeNull()
})
