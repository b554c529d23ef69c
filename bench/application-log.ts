import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { insertAccount, makeDataKey } from '../src/accounts/index.ts'
import { byVisitor, record } from '../src/audit/index.ts'
import { verifyChain } from '../src/audit/verify/verify.ts'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/db/migrate.ts'
import { connectPool, inAccount, openDb } from '../src/db/pool.ts'
import { ensureRoles } from '../src/db/roles.ts'
import { makeDataDir, removeDataDir, startHastily } from '../src/db/test/data-dirs.ts'
import type { Deps } from '../src/http/deps.ts'
import { makeLog } from '../src/http/log.ts'
import { preparePartitions } from '../src/instance/index.ts'
import { systemClock } from '../src/lib/clock.ts'
import { uuidV7 } from '../src/lib/ids.ts'
import { openKeyRing } from '../src/lib/secrets.ts'

// What a record costs, alone and under load, and how long a whole chain takes: `script/bench application-log [--records 10000]`.
const { values } = parseArgs({ options: { records: { type: 'string', default: '10000' } } })
const records = Number(values.records)
const rounds = Math.min(500, records)
const writers = 16

const folder = await makeDataDir()
const server = await startHastily(folder)
const urls = await ensureRoles(server.superuserUrl, { dataDir: folder, database: 'campanile' })
await migrate(urls.owner)
const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' })
const pool = connectPool(urls.app, { max: writers, name: 'bench' })
const deps: Deps = {
  config,
  db: openDb(pool),
  clock: systemClock(),
  keys: openKeyRing(config.secretKeys),
  log: makeLog(config),
  stopping: new AbortController().signal,
}
await preparePartitions(deps)

const openAccount = async (): Promise<string> => {
  const id = uuidV7(deps.clock.now())
  const dataKeySealed = makeDataKey(deps.keys, id)
  await deps.db
    .transaction()
    .execute((trx) =>
      insertAccount(trx, { id, kind: 'customer', name: id, slug: id, status: 'active', dataKeySealed }),
    )
  return id
}

const actions = [
  'contact.changed',
  'group.changed',
  'campaign.started',
  'user.changed',
  'role.changed',
] as const
const act = (accountId: string, n: number): Promise<void> =>
  inAccount(deps.db, accountId, (trx) => {
    const where = {
      address: `203.0.113.${n % 200}`,
      agent: 'Bench',
      requestId: `r-${n}`,
      sessionHash: null,
      amr: [],
    }
    return record(trx, deps, byVisitor(accountId, where, { login: `person-${n % 50}` }), {
      action: actions[n % actions.length] ?? 'contact.changed',
      object: { type: 'thing', id: String(n) },
      diff: { before: { name: 'Before', n }, after: { name: 'After', n: n + 1 } },
    })
  })

const median = async (times: number, run: (n: number) => Promise<unknown>): Promise<number> => {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now()
    await run(n)
    taken.push(performance.now() - begun)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

const tell = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(58)} ${figure}\n`)
}

const alone = await openAccount()
await median(50, (n) => act(alone, n))
const empty = await median(rounds, () => inAccount(deps.db, alone, async () => {}))
const whole = await median(rounds, (n) => act(alone, n))
tell('a transaction with nothing in it, median', `${empty.toFixed(2)} ms`)
tell(
  'the same with one record, median',
  `${whole.toFixed(2)} ms (a record: ${(whole - empty).toFixed(2)} ms)`,
)

const crowded = await openAccount()
const begun = performance.now()
await Promise.all(
  Array.from({ length: writers }, async (_, writer) => {
    for (let n = writer; n < records; n += writers) await act(crowded, n)
  }),
)
const taken = performance.now() - begun
tell(
  `${records} records into one chain by ${writers} writers`,
  `${(taken / 1_000).toFixed(1)} s (${Math.round((records / taken) * 1_000)} a second)`,
)

const walked = performance.now()
const verdict = await verifyChain(deps, crowded)
tell(
  `walking the chain of ${verdict.checked} records`,
  `${((performance.now() - walked) / 1_000).toFixed(2)} s, ${verdict.ok ? 'unbroken' : `BROKEN at ${verdict.first_bad_seq}`}`,
)

await pool.end()
await server.stop()
await removeDataDir(folder)
process.exitCode = verdict.ok && verdict.checked === records ? 0 : 1
