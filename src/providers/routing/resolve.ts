import { randomInt } from 'node:crypto'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { adapterFor } from '../adapters.ts'
import { mayTry, recordProviderResult } from '../circuit/circuit.ts'
import { type Limits, mergeLimits, type StoredConfig } from '../config.ts'
import type { SendingRoute } from '../contract.ts'
import { findProvider, type ProviderRow } from '../queries.ts'
import { withReference } from '../receipts/reference.ts'
import { loadSettings } from '../settings.ts'
import { type AdmissionRow, type Gate, type Gated, makeGate, type Submit } from './admission.ts'
import { chooseRoutes } from './choice.ts'
import { listFittingRoutes, listRoutedProviders, type RouteRow } from './queries.ts'

export type Wanted = {
  readonly accountId: string
  readonly channel: 'email'
  readonly traffic: 'campaign' | 'transactional'
  readonly senderId: string | null
}

/** Rows that leave by another provider than the rest of their chunk. */
export type Elsewhere = { readonly route: UsableProvider; readonly keys: readonly string[] }
export type Admission = Pick<Gated, 'now' | 'later'> & { readonly elsewhere: readonly Elsewhere[] }

/** One usable provider, ready to submit. */
export type UsableProvider = {
  readonly providerId: string
  readonly name: string
  readonly maxBatch: number
  readonly limits: Limits
  submit: Submit
  /** Asked where receivers are told apart: by shaping, warm-up or routes of their own. */
  readonly admit?: (trx: Trx, rows: readonly AdmissionRow[]) => Promise<Admission>
  readonly noteAnswers: Gate['note']
  recordOutcome(outcome: 'answered' | 'failed'): Promise<void>
}

type Steps = SendingRoute['providers']

/** Messages of one hand-off unless the provider says otherwise (sending.md §4.2). */
const batchRows = 250

/** Order of providers; in a split the first is drawn by its share, the others follow as a fail-over. */
export const orderOf = (mode: string, steps: Steps, draw: () => number = () => randomInt(100)): string[] => {
  const ids = steps.map(({ provider_id }) => provider_id)
  if (mode !== 'split') return ids
  let left = draw()
  const first = steps.find(({ percent = 0 }) => {
    left -= percent
    return left < 0
  })
  const drawn = first?.provider_id ?? ids[0]
  return drawn === undefined ? [] : [drawn, ...ids.filter((id) => id !== drawn)]
}

const isShaped = (row: ProviderRow): boolean => row.kind === 'mx' || row.shape_by_receiver

/** A plan's established provider does not divert once more. */
type Way = { readonly wanted: Wanted; readonly warms: boolean }

const toUsable = async (trx: Trx, deps: Deps, row: ProviderRow, way: Way): Promise<UsableProvider> => {
  const adapter = adapterFor(deps, row.channel, row.kind)
  const settings = await loadSettings(trx, deps, row.account_id, row)
  const limits = mergeLimits(row.limits as object, undefined)
  const { receipts } = row.config as StoredConfig
  const gate = makeGate(deps, row, { senderId: way.wanted.senderId, warms: way.warms })
  return {
    providerId: row.id,
    name: row.name,
    maxBatch: Math.min(limits.max_batch ?? batchRows, adapter.capabilities.max_batch),
    limits,
    submit: (batch, context) =>
      adapter.submit(
        receipts ? withReference(receipts.kind, batch) : batch,
        gate.settingsFor(settings),
        context,
      ),
    ...(isShaped(row) ? { admit: (inTrx, rows) => admitAt(inTrx, deps, gate, way, rows) } : {}),
    noteAnswers: gate.note,
    recordOutcome: (outcome) => recordProviderResult(deps, row.account_id, row.id, outcome),
  }
}

const fitsPool = (row: ProviderRow, traffic: string): boolean => row.pool === 'any' || row.pool === traffic

/** The provider if it may be written to now. */
const usableProvider = async (trx: Trx, deps: Deps, id: string, way: Way): Promise<UsableProvider | null> => {
  const { accountId, traffic } = way.wanted
  const row = await findProvider(trx, accountId, id)
  if (!row?.enabled || !fitsPool(row, traffic) || !(await mayTry(trx, row, deps.clock.now()))) return null
  return toUsable(trx, deps, row, way)
}

/** Rows that no provider can take now wait about as long as a circuit takes to be tried again. */
const downSeconds = 30

const holdBack = (keys: readonly string[]): Gated['later'] =>
  keys.map((key) => ({ key, seconds: downSeconds, factor: 'provider down' }))

/** Rows for another provider, whose own gate is asked too. */
const sendElsewhere = async (
  trx: Trx,
  route: UsableProvider | null,
  rows: readonly AdmissionRow[],
): Promise<Omit<Admission, 'now'>> => {
  if (!route) return { later: holdBack(rows.map((row) => row.recipientKey)), elsewhere: [] }
  if (!route.admit) return { later: [], elsewhere: [{ route, keys: rows.map((row) => row.recipientKey) }] }
  const admitted = await route.admit(trx, rows)
  return { later: admitted.later, elsewhere: [{ route, keys: admitted.now }, ...admitted.elsewhere] }
}

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** The gate of one provider, and the way of what its warm-up diverts. */
const admitAt = async (
  trx: Trx,
  deps: Deps,
  gate: Gate,
  way: Way,
  rows: readonly AdmissionRow[],
): Promise<Admission> => {
  const { now, later, diverted } = await gate.admit(trx, rows)
  const others: Omit<Admission, 'now'>[] = []
  const byKey = new Map(rows.map((row) => [row.recipientKey, row]))
  for (const [id, moved] of groupBy(diverted, ({ providerId }) => providerId)) {
    const route = await usableProvider(trx, deps, id, { ...way, warms: false })
    others.push(
      await sendElsewhere(
        trx,
        route,
        moved.flatMap(({ key }) => byKey.get(key) ?? []),
      ),
    )
  }
  return {
    now,
    later: [...later, ...others.flatMap((other) => other.later)],
    elsewhere: others.flatMap((other) => other.elsewhere),
  }
}

/** The first usable provider of a route: the probe of a second is not spent while the first works. */
const usableOf = async (trx: Trx, deps: Deps, route: RouteRow, way: Way): Promise<UsableProvider | null> => {
  for (const id of orderOf(route.mode, route.providers as Steps)) {
    const usable = await usableProvider(trx, deps, id, way)
    if (usable) return usable
  }
  return null
}

/** The main provider, with rows for domains that have a route of their own taken out of its chunk. */
const withDomains = (
  deps: Deps,
  main: UsableProvider,
  byDomain: ReadonlyMap<string, RouteRow>,
  way: Way,
): UsableProvider => ({
  ...main,
  admit: async (trx, rows) => {
    const own = rows.filter(({ domain }) => domain === null || !byDomain.has(domain))
    const others: Omit<Admission, 'now'>[] = []
    const moved = rows.filter(({ domain }) => domain !== null && byDomain.has(domain))
    for (const group of groupBy(moved, ({ domain }) => byDomain.get(domain ?? '')?.id ?? '').values()) {
      const route = byDomain.get(group[0]?.domain ?? '')
      others.push(await sendElsewhere(trx, route ? await usableOf(trx, deps, route, way) : null, group))
    }
    const rest: Admission = main.admit
      ? await main.admit(trx, own)
      : { now: own.map((row) => row.recipientKey), later: [], elsewhere: [] }
    return {
      now: rest.now,
      later: [...rest.later, ...others.flatMap((other) => other.later)],
      elsewhere: [...rest.elsewhere, ...others.flatMap((other) => other.elsewhere)],
    }
  },
})

/**
 * The provider for a chunk now, circuits considered: the first usable one of the most specific route; empty when none is.
 * Receivers with a route of their own are sorted out when the chunk is known (`admit`).
 */
export const resolveRoutes = async (
  trx: Trx,
  deps: Deps,
  wanted: Wanted,
): Promise<readonly UsableProvider[]> => {
  const { main, byDomain } = chooseRoutes(await listFittingRoutes(trx, wanted.accountId, wanted))
  const way = { wanted, warms: true }
  const usable = main && (await usableOf(trx, deps, main, way))
  if (!usable) return []
  return [byDomain.size === 0 ? usable : withDomains(deps, usable, byDomain, way)]
}

/** Whether a route exists at all; what pre-flight calls `no_route` (sending.md §11.2). */
export const hasRoute = async (trx: Trx, wanted: Wanted): Promise<boolean> => {
  const { main } = chooseRoutes(await listFittingRoutes(trx, wanted.accountId, wanted))
  if (!main) return false
  for (const { provider_id } of main.providers as Steps) {
    const row = await findProvider(trx, wanted.accountId, provider_id)
    if (row?.enabled && fitsPool(row, wanted.traffic)) return true
  }
  return false
}

type Target = { readonly accountId: string; readonly channel: 'email' }

/** Every route of the channel leads to a simulator (email.md §6). */
export const isSimulated = async (trx: Trx, { accountId, channel }: Target): Promise<boolean> => {
  const routed = await listRoutedProviders(trx, accountId, channel)
  return routed.length > 0 && routed.every(({ kind }) => kind === 'simulator')
}

const isLoopbackName = (host: string | null): boolean =>
  host !== null && (host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host))

/** Every route of the channel leads to a simulator or to a relay on loopback (email.md §6). */
export const isLocal = async (trx: Trx, { accountId, channel }: Target): Promise<boolean> => {
  const routed = await listRoutedProviders(trx, accountId, channel)
  return routed.length > 0 && routed.every(({ kind, host }) => kind === 'simulator' || isLoopbackName(host))
}
