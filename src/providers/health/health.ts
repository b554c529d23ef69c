import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import type { SendingHealth } from './contract.ts'
import { limitingOf } from './limiting.ts'
import {
  countOpenRows,
  findNextDates,
  findOldestDue,
  listCircuits,
  listNodes,
  type OpenRows,
} from './queries.ts'

/** A healthy worker looks every second. */
const tickMsMax = 30_000
/** A due row that waits longer than this waits for something that is wrong. */
const dueSecondsMax = 60
/** sending.md §5, step 3: until then a receipt may come. */
const receiptWaitMs = 10 * 60_000

type Nodes = Awaited<ReturnType<typeof listNodes>>
type Circuits = SendingHealth['circuits']
type NextAction = NonNullable<SendingHealth['next_action']>

const toNode = (node: Nodes[number]): SendingHealth['nodes'][number] => ({
  id: node.node_id,
  host: node.host,
  process_id: node.process_id,
  roles: node.roles,
  started_at: node.started_at.toISOString(),
  seen_at: node.seen_at.toISOString(),
  alive: node.alive,
})

const readCircuits = async (trx: Trx, accountId: string): Promise<Circuits> => {
  const limiting = await limitingOf(trx, accountId)
  return (await listCircuits(trx, accountId)).map((row) => ({
    provider_id: row.id,
    name: row.name,
    channel: row.channel as Circuits[number]['channel'],
    kind: row.kind,
    enabled: row.enabled,
    circuit: row.circuit as Circuits[number]['circuit'],
    probe_at: row.circuit === 'closed' ? null : (row.circuit_until?.toISOString() ?? null),
    limiting: limiting(row.id),
    receipt_age_seconds: row.receipt_age_seconds,
  }))
}

const earliest = (actions: readonly (NextAction | null)[]): NextAction | null =>
  actions.filter((action) => action !== null).toSorted((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null

const nextAction = (
  now: Date,
  rows: OpenRows,
  circuits: Circuits,
  dates: Awaited<ReturnType<typeof findNextDates>>,
  due: boolean,
): NextAction | null => {
  const at = (
    kind: NextAction['kind'],
    time: Date | null,
    subject: string | null = null,
  ): NextAction | null => time && { kind, at: (time < now ? now : time).toISOString(), subject }
  return earliest([
    at('hand_over_due', due ? now : null),
    at('retry', rows.next_due_at),
    at('resolve_uncertain', rows.open_since && addMs(rows.open_since, receiptWaitMs)),
    at('recover_lease', dates.lease_at, dates.lease_node),
    at('start_campaign', dates.start_at, dates.start_id),
    ...circuits.map(({ probe_at, name }) =>
      at('probe_provider', probe_at === null ? null : new Date(probe_at), name),
    ),
  ])
}

const stateOf = (health: Omit<SendingHealth, 'state'>): SendingHealth['state'] => {
  const { last_tick_at, nodes, as_of } = health
  const sends = nodes.some(({ alive, roles }) => alive && roles.includes('sender'))
  const tickMs =
    last_tick_at === null ? Number.POSITIVE_INFINITY : Date.parse(as_of) - Date.parse(last_tick_at)
  if (!sends || tickMs > tickMsMax) return 'stopped'
  const late = (health.oldest_due?.waiting_seconds ?? 0) > dueSecondsMax
  const broken = health.circuits.some(({ enabled, circuit }) => enabled && circuit !== 'closed')
  return late || broken || health.uncertain_open > 0 ? 'attention' : 'ok'
}

/** Whether sending runs, what waits, and what happens next by itself (sending.md §11.3). */
export const readHealth = async (deps: Deps, actor: Actor): Promise<SendingHealth> => {
  const { accountId } = actor
  const nodes = await listNodes(deps.db)
  return inAccount(deps.db, accountId, async (trx) => {
    const now = deps.clock.now()
    const oldest = await findOldestDue(trx, accountId)
    const rows = await countOpenRows(trx, accountId)
    const circuits = await readCircuits(trx, accountId)
    const dates = await findNextDates(trx, accountId)
    const { next_due_at: _next, open_since: _since, ...counts } = rows
    const ticks = nodes.flatMap(({ swept_at }) => (swept_at ? [swept_at.getTime()] : []))
    const health = {
      as_of: now.toISOString(),
      last_tick_at: ticks.length > 0 ? new Date(Math.max(...ticks)).toISOString() : null,
      oldest_due: oldest && {
        due_at: oldest.due_at.toISOString(),
        waiting_seconds: Math.max(0, oldest.waiting_seconds),
        channel: oldest.channel as 'email',
        source_id: oldest.source_id,
      },
      rows: counts,
      nodes: nodes.map(toNode),
      circuits,
      uncertain_open: rows.uncertain,
      next_action: nextAction(now, rows, circuits, dates, oldest !== null),
    }
    return { ...health, state: stateOf(health) }
  })
}
