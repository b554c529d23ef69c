import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { insertAccount, makeDataKey } from '../src/accounts/index.ts'
import { planCampaign } from '../src/campaigns/index.ts'
import { readConfig } from '../src/config.ts'
import { sendDecision } from '../src/contacts/index.ts'
import { startEmbeddedDatabase } from '../src/db/embedded/index.ts'
import { migrate } from '../src/db/migrate.ts'
import { connectPool, inAccount, openDb, type Trx } from '../src/db/pool.ts'
import { ensureRoles } from '../src/db/roles.ts'
import { makeDataDir, removeDataDir } from '../src/db/test/data-dirs.ts'
import type { Deps } from '../src/http/deps.ts'
import { makeLog } from '../src/http/log.ts'
import { preparePartitions } from '../src/instance/index.ts'
import { systemClock } from '../src/lib/clock.ts'
import { uuidV7 } from '../src/lib/ids.ts'
import { openKeyRing } from '../src/lib/secrets.ts'
import { type ClaimedRow, claimRows, type Held } from '../src/messages/engine/claim/queries.ts'
import { handRows } from '../src/messages/engine/hand/queries.ts'
import { deleteLease } from '../src/messages/engine/lease/queries.ts'
import { recordResults } from '../src/messages/engine/record/queries.ts'
import { toResult } from '../src/messages/engine/results.ts'
import { makeDatabaseCpu } from './ledger/cpu.ts'
import { findRunMonth, insertRun, readUpdates } from './ledger/queries.ts'

// What the ledger costs PostgreSQL per message: `script/bench ledger [--rows 10000,100000] [--batch 250]`.
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,100000' },
    batch: { type: 'string', default: '250' },
    lanes: { type: 'string', default: '3' },
  },
})
const batchRows = Number(values.batch)
const lanes = Number(values.lanes)

const folder = await makeDataDir()
const server = await startEmbeddedDatabase({ dataDir: folder, log: () => {} })
const urls = await ensureRoles(server.superuserUrl, { dataDir: folder, database: 'campanile' })
await migrate(urls.owner)
const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' })
const pool = connectPool(urls.app, { max: 8, name: 'bench' })
const deps: Deps = {
  config,
  db: openDb(pool),
  clock: systemClock(),
  keys: openKeyRing(config.secretKeys),
  log: makeLog(config),
  stopping: new AbortController().signal,
}
await preparePartitions(deps)
const databaseCpu = makeDatabaseCpu(folder)
const providerId = uuidV7(deps.clock.now())

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

type Step = { readonly name: string; readonly cpu: number; readonly wall: number }

const timed = async (name: string, rows: number, act: () => Promise<unknown>): Promise<Step> => {
  const cpu = databaseCpu()
  const since = performance.now()
  await act()
  return {
    name,
    cpu: ((databaseCpu() - cpu) / rows) * 1e6,
    wall: ((performance.now() - since) / rows) * 1e3,
  }
}

const inLanes = async <T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) await act(item)
    }),
  )
}

const benchRun = async (rows: number): Promise<Step[]> => {
  const accountId = await openAccount()
  const within = <T>(act: (trx: Trx) => Promise<T>) => inAccount(deps.db, accountId, act)
  const sourceId = await within((trx) => insertRun(trx, accountId, rows, deps.clock.now()))
  const plan = await timed('plan', rows, () => planCampaign(deps, { account_id: accountId, id: sourceId }))
  const runMonth = await within((trx) => findRunMonth(trx, accountId, sourceId))
  const run = { accountId, sourceId, runMonth }
  const batches: { held: Held; rows: readonly ClaimedRow[] }[] = []
  const leases: Held[] = []
  const claim = await timed('claim', rows, async () => {
    for (;;) {
      const leaseId = uuidV7(deps.clock.now())
      const got = await within((trx) => claimRows(trx, run, { id: leaseId, nodeId: providerId }, 1_000))
      if (got.rows.length === 0) return
      const held = { ...run, leaseId, epoch: got.epoch }
      leases.push(held)
      for (let from = 0; from < got.rows.length; from += batchRows) {
        batches.push({ held, rows: got.rows.slice(from, from + batchRows) })
      }
    }
  })
  const decision = sendDecision({
    accountId,
    channel: 'email',
    topicId: null,
    groupIds: [],
    requireConsent: false,
    hash: { stored: sql<Buffer>`m.address_hash` },
  })
  let handed = 0
  const hand = await timed('decide and hand', rows, () =>
    inLanes(batches, async ({ held, rows: batch }) => {
      const messageIds = batch.map((row) => row.message_id)
      const ids = await within((trx) =>
        handRows(trx, held, { messageIds, unrendered: [], decision, gated: true, providerId, revision: 1 }),
      )
      handed += ids.length
    }),
  )
  const now = deps.clock.now()
  const record = await timed('record', rows, () =>
    inLanes(batches, async ({ held, rows: batch }) => {
      const results = batch.map((row) =>
        toResult(
          row.message_id,
          { kind: 'accepted', providerRef: null, text: '250 2.0.0 Ok: queued as 4FZ0Kx2zQqz9' },
          { attempts: 0, plannedAt: now, now, random: 0.5, kind: 'campaign' },
        ),
      )
      await within((trx) => recordResults(trx, held, results))
    }),
  )
  const settle = await timed('settle', rows, async () => {
    for (const held of leases) await within((trx) => deleteLease(trx, held, false))
  })
  if (handed !== rows) throw new Error(`${handed} of ${rows} rows were handed over`)
  return [plan, claim, hand, record, settle]
}

const tell = (cells: readonly (string | number)[]): void => {
  const [name, ...figures] = cells
  const shown = figures.map((figure) =>
    (typeof figure === 'number' ? figure.toFixed(1) : figure).padStart(18),
  )
  process.stdout.write(`${String(name).padEnd(18)}${shown.join('')}\n`)
}

for (const rows of values.rows.split(',').map(Number)) {
  const before = await inAccount(deps.db, await openAccount(), readUpdates)
  const steps = await benchRun(rows)
  tell([`${rows} rows`, 'database µs CPU', 'µs elapsed'])
  for (const step of steps) tell([step.name, step.cpu, step.wall])
  const sum = (pick: (step: Step) => number) => steps.reduce((total, step) => total + pick(step), 0)
  tell(['together', sum((step) => step.cpu), sum((step) => step.wall)])
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const after = await inAccount(deps.db, await openAccount(), readUpdates)
  tell([
    'updates in place',
    `${(((after.hot - before.hot) / (after.updated - before.updated)) * 100).toFixed(1)} %`,
  ])
}
await pool.end()
await server.stop()
await removeDataDir(folder)
