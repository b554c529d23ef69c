import { randomInt } from 'node:crypto'
import type { RenderedMessage, SubmitContext } from '../../channels/channel.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { adapterFor } from '../adapters.ts'
import { mayTry, recordProviderResult } from '../circuit/circuit.ts'
import { type Limits, mergeLimits } from '../config.ts'
import type { SendingRoute } from '../contract.ts'
import { findProvider, type ProviderRow } from '../queries.ts'
import { loadSettings } from '../settings.ts'
import { listFittingRoutes, listRoutedProviders, type RouteRow } from './queries.ts'

export type Wanted = {
  readonly accountId: string
  readonly channel: 'email'
  readonly traffic: 'campaign' | 'transactional'
  readonly senderId: string | null
}

/** One usable provider, ready to submit. */
export type UsableProvider = {
  readonly providerId: string
  readonly name: string
  readonly maxBatch: number
  readonly limits: Limits
  submit(batch: readonly RenderedMessage[], context: SubmitContext): Promise<void>
  recordOutcome(outcome: 'answered' | 'failed'): Promise<void>
}

type Steps = SendingRoute['providers']

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

const toUsable = async (trx: Trx, deps: Deps, row: ProviderRow): Promise<UsableProvider> => {
  const adapter = adapterFor(deps, row.channel, row.kind)
  const settings = await loadSettings(trx, deps, row.account_id, row)
  const limits = mergeLimits(row.limits as object, undefined)
  return {
    providerId: row.id,
    name: row.name,
    maxBatch: Math.min(limits.max_batch ?? Number.POSITIVE_INFINITY, adapter.capabilities.max_batch),
    limits,
    submit: (batch, context) => adapter.submit(batch, settings, context),
    recordOutcome: (outcome) => recordProviderResult(deps, row.account_id, row.id, outcome),
  }
}

const fitsPool = (row: ProviderRow, traffic: string): boolean => row.pool === 'any' || row.pool === traffic

const usableOf = async (trx: Trx, deps: Deps, route: RouteRow, wanted: Wanted): Promise<UsableProvider[]> => {
  const usable: UsableProvider[] = []
  for (const id of orderOf(route.mode, route.providers as Steps)) {
    const row = await findProvider(trx, wanted.accountId, id)
    if (!row?.enabled || !fitsPool(row, wanted.traffic)) continue
    // One provider is enough for a batch: the probe of a second is not spent while the first works.
    if (usable.length === 0 && (await mayTry(trx, row, deps.clock.now())))
      usable.push(await toUsable(trx, deps, row))
  }
  return usable
}

/** The provider for a batch now, circuits considered: the first usable one of the most specific route; empty when none is. */
export const resolveRoutes = async (
  trx: Trx,
  deps: Deps,
  wanted: Wanted,
): Promise<readonly UsableProvider[]> => {
  const [route] = await listFittingRoutes(trx, wanted.accountId, wanted)
  return route ? usableOf(trx, deps, route, wanted) : []
}

/** Whether a route exists at all; what pre-flight calls `no_route` (sending.md §11.2). */
export const hasRoute = async (trx: Trx, wanted: Wanted): Promise<boolean> => {
  const [route] = await listFittingRoutes(trx, wanted.accountId, wanted)
  if (!route) return false
  for (const { provider_id } of route.providers as Steps) {
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
