import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { withDatabase } from '../src/db/connection.ts'
import { migrate } from '../src/db/migrate.ts'
import { connectPool, inAccount, openDb } from '../src/db/pool.ts'
import { ensureRoles } from '../src/db/roles.ts'
import { makeDataDir, removeDataDir, startHastily } from '../src/db/test/data-dirs.ts'
import type { Deps } from '../src/http/deps.ts'
import { makeLog } from '../src/http/log.ts'
import { preparePartitions, switchClock } from '../src/instance/index.ts'
import { migrateJobs } from '../src/jobs/index.ts'
import { systemClock } from '../src/lib/clock.ts'
import { openKeyRing } from '../src/lib/secrets.ts'
import { openHub } from '../src/live/index.ts'
import { ensureInstanceAccount, warmUpPasswords } from '../src/security/index.ts'
import { judgeAddress } from '../src/security/network/index.ts'

// What the list of addresses and row level security cost: `script/bench sign-in [--rounds 300]`.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' } } })
const rounds = Number(values.rounds)
const signIns = Math.max(5, Math.floor(rounds / 10))
const password = 'correct horse battery staple'
const caller = '203.0.113.7'

type Times = { readonly median: number; readonly p95: number }

const measure = async (times: number, act: () => Promise<unknown>): Promise<Times> => {
  for (let n = 0; n < Math.min(20, times); n += 1) await act()
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now()
    await act()
    taken.push(performance.now() - begun)
  }
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0
  return { median: at(0.5), p95: at(0.95) }
}

const tell = (what: string, { median, p95 }: Times): void => {
  process.stdout.write(`${what.padEnd(58)} median ${median.toFixed(2)} ms   p95 ${p95.toFixed(2)} ms\n`)
}

const folder = await makeDataDir()
const server = await startHastily(folder)
const urls = await ensureRoles(server.superuserUrl, { dataDir: folder, database: 'campanile' })
await migrate(urls.owner)
await switchClock(urls.owner, true)
const config = readConfig({
  DATA_DIR: folder,
  CAMPANILE_TEST_SUPPORT: '1',
  LOG_LEVEL: 'error',
  TRUSTED_PROXIES: '127.0.0.1',
})
const stop = new AbortController()
const closers: (() => Promise<unknown>)[] = []

const open = (url: string, name: string): { deps: Deps; app: FastifyInstance } => {
  const pool = connectPool(url, { max: 8, name })
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: makeLog(config),
    stopping: stop.signal,
  }
  const hub = openHub(urls.app, deps.log)
  const owner = connectPool(urls.owner, { max: 1, name: `${name}-owner` })
  const testSupport = { owner, runDue: async () => {} }
  const app = buildApp({ deps, hub, isReady: () => true, testSupport })
  closers.push(
    () => app.close(),
    () => hub.close(),
    () => Promise.all([pool.end(), owner.end()]),
  )
  return { deps, app }
}

const headers = {
  host: 'localhost:8420',
  origin: 'http://localhost:8420',
  'x-campanile-request': '1',
  'x-forwarded-for': caller,
}
const post = (app: FastifyInstance, url: string, payload: object) =>
  app.inject({ method: 'POST', url, headers, payload })

const entriesFor = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => (n === 0 ? caller : `198.${18 + (n >> 8)}.${n & 255}.0/24`))

const seed = async (app: FastifyInstance, count: number): Promise<string> => {
  const name = `list${count}`
  const users = [{ email: `owner@${name}.test`, password, roles: ['owner'] }]
  const answer = await post(app, '/test/seed', {
    accounts: [{ name, key: name, users, ip_entries: entriesFor(count) }],
  })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json().accounts[name].id
}

const signIn = async (app: FastifyInstance, count: number): Promise<string> => {
  await post(app, '/test/reset-limits', {})
  const login = `owner@list${count}.test`
  const answer = await post(app, '/api/v1/sign-in', { login, password })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  const session = answer.cookies.find((cookie) => cookie.name === 'sid')
  return `sid=${session?.value}`
}

const benchList = async (
  { deps, app }: ReturnType<typeof open>,
  count: number,
  of: string,
): Promise<void> => {
  const accountId = await seed(app, count)
  const asked = { accountId, userId: null, scope: 'panel' as const, address: caller }
  const judge = await measure(rounds, () => inAccount(deps.db, accountId, (trx) => judgeAddress(trx, asked)))
  tell(`address check in a transaction of its own, ${count} entries${of}`, judge)
  const cookie = await signIn(app, count)
  const session = () => app.inject({ url: '/api/v1/session', headers: { ...headers, cookie } })
  tell(`request of an open session, ${count} entries${of}`, await measure(rounds, session))
  tell(`sign-in with a password, ${count} entries${of}`, await measure(signIns, () => signIn(app, count)))
}

try {
  const guarded = open(urls.app, 'bench')
  await preparePartitions(guarded.deps)
  const jobs = connectPool(urls.jobs, { max: 2, name: 'bench-jobs' })
  closers.push(() => jobs.end())
  await migrateJobs(guarded.deps, jobs)
  await ensureInstanceAccount(guarded.deps)
  await warmUpPasswords()
  await guarded.app.ready()
  for (const count of [0, 200, 1_000]) await benchList(guarded, count, '')
  // The superuser passes by every policy: what is left is the cost of the statements themselves.
  const bare = open(withDatabase(server.superuserUrl, 'campanile'), 'bench-bare')
  await bare.app.ready()
  const cookie = await signIn(bare.app, 200)
  const session = () => bare.app.inject({ url: '/api/v1/session', headers: { ...headers, cookie } })
  tell('request of an open session, 200 entries, without RLS', await measure(rounds, session))
  tell(
    'sign-in with a password, 200 entries, without RLS',
    await measure(signIns, () => signIn(bare.app, 200)),
  )
} finally {
  stop.abort()
  for (const close of closers.toReversed()) await close()
  await server.stop()
  await removeDataDir(folder)
}
