import { afterAll, expect, test } from 'vitest'
import { makeMxResolver } from './resolve.ts'
import { makeMailRoutes } from './routes.ts'
import { startNameServer } from './test/name-server.ts'

const names = await startNameServer({
  'two.test': {
    mx: [
      [20, 'backup.two.test'],
      [10, 'MX1.two.test'],
      [10, 'mx2.two.test'],
    ],
  },
  'hosted.test': {
    mx: [
      [1, 'aspmx.l.google.com'],
      [5, 'alt1.aspmx.l.google.com'],
    ],
  },
  'own-address.test': { a: ['127.0.0.2'] },
  'six.test': { aaaa: ['::1'] },
  'nothing.test': {},
  'null.test': { mx: [[0, '']] },
  'null-and-more.test': {
    mx: [
      [0, ''],
      [10, 'mx.two.test'],
    ],
  },
  'broken.test': { fails: true },
  'xn--w-uga1v8h.test': { mx: [[10, 'mx.two.test']] },
})
afterAll(() => names.close())
const resolver = makeMxResolver([names.at], () => 0)

test.each([
  [
    'two.test',
    { kind: 'hosts', hosts: ['mx1.two.test', 'mx2.two.test', 'backup.two.test'], site: 'two.test' },
  ],
  ['hosted.test', { kind: 'hosts', site: 'google.com' }],
  ['own-address.test', { kind: 'hosts', hosts: ['own-address.test'] }],
  ['six.test', { kind: 'hosts', hosts: ['six.test'] }],
  ['nothing.test', { kind: 'none', code: '5.1.2' }],
  ['absent.test', { kind: 'none', code: '5.1.2' }],
  ['null.test', { kind: 'none', code: '5.1.10' }],
  ['null-and-more.test', { kind: 'hosts', hosts: ['mx.two.test'] }],
  ['broken.test', { kind: 'unknown' }],
  ['xn--w-uga1v8h.test', { kind: 'hosts', hosts: ['mx.two.test'] }],
])('mail for %s goes where its records say', async (domain, expected) => {
  expect(await resolver.routeOf(domain)).toMatchObject(expected)
})

test('equal servers are tried in an order of chance, and stay one site', async () => {
  const orders = new Set<string>()
  const shuffled = makeMxResolver([names.at])
  for (let n = 0; n < 40; n += 1) {
    const route = await shuffled.routeOf('two.test')
    if (route.kind !== 'hosts') throw new Error('no servers')
    orders.add(route.hosts.join())
    expect(route.hosts.at(-1)).toBe('backup.two.test')
    expect(route.site).toBe('two.test')
  }
  expect(orders.size).toBe(2)
})

test('a domain is looked up once, whoever asks meanwhile', async () => {
  const routes = makeMailRoutes(resolver)
  names.asked.length = 0
  await Promise.all(Array.from({ length: 20 }, () => routes.routeOf('two.test')))
  await routes.routeOf('two.test')
  expect(names.asked.filter((name) => name === 'two.test')).toHaveLength(1)
})

test('a name service that is away is told apart from a domain that does not exist', async () => {
  const away = makeMxResolver(['127.0.0.1:9'])
  expect(await away.routeOf('two.test')).toMatchObject({ kind: 'unknown' })
})
