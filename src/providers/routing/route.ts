import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import {
  conflict,
  type FieldError,
  invalid,
  invalidField,
  notFound,
  unprocessable,
  versionConflict,
} from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import type { NewSendingRoute, SendingRoute, SendingRouteChange } from '../contract.ts'
import { holdProviders, holdsSender } from '../queries.ts'
import {
  findRoute,
  insertRoute,
  listRouteRows,
  type RouteColumns,
  type RouteRow,
  removeRoute,
  updateRoute,
} from './queries.ts'

type Steps = NewSendingRoute['providers']

export const toRoute = (row: RouteRow): SendingRoute => ({
  id: row.id,
  channel: 'email',
  traffic: row.traffic as SendingRoute['traffic'],
  country: row.country,
  receiving_domain: row.receiving_domain,
  sender_id: row.sender_id,
  mode: row.mode as SendingRoute['mode'],
  providers: row.providers as SendingRoute['providers'],
  enabled: row.enabled,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

const checkPercents = (mode: string, steps: Steps): void => {
  if (mode !== 'split') return
  const missing = steps.flatMap(({ percent }, index) =>
    percent === undefined
      ? [{ pointer: `/providers/${index}/percent`, code: 'required', detail: 'a split names each share' }]
      : [],
  )
  if (missing.length > 0) throw invalid(...missing)
  const sum = steps.reduce((total, { percent = 0 }) => total + percent, 0)
  if (sum !== 100)
    throw invalidField('/providers', 'out_of_range', `the shares give ${sum} and not 100 percent`)
}

const checkProviders = async (trx: Trx, accountId: string, channel: string, steps: Steps): Promise<void> => {
  const ids = steps.map(({ provider_id }) => provider_id)
  const held = new Map((await holdProviders(trx, accountId, ids)).map((row) => [row.id, row]))
  const errors: FieldError[] = ids.flatMap((id, index) => {
    const pointer = `/providers/${index}/provider_id`
    if (ids.indexOf(id) !== index) return [{ pointer, code: 'not_in_list', detail: 'is named twice' }]
    if (held.get(id)?.channel !== channel)
      return [{ pointer, code: 'not_in_list', detail: 'is no provider of this channel' }]
    return []
  })
  if (errors.length > 0) throw invalid(...errors)
  if (ids.some((id) => held.get(id)?.enabled === false)) throw unprocessable('provider_disabled')
}

/** As domains stand in addresses: lower case, A-labels. */
const readDomain = (given: string | null): string | null => {
  if (given === null) return null
  const domain = parseEmail(`a@${given.replace(/\.$/, '')}`)?.domain
  if (domain === undefined) throw invalidField('/receiving_domain', 'pattern', 'is no domain')
  return domain
}

const checkMatch = async (trx: Trx, accountId: string, columns: RouteColumns): Promise<void> => {
  // A route that would never be taken is not stored: an e-mail address says nothing about a country.
  if (columns.country !== null)
    throw invalidField('/country', 'not_in_list', 'e-mail is routed by receiving domain')
  if (columns.sender_id !== null && !(await holdsSender(trx, accountId, columns.sender_id)))
    throw invalidField('/sender_id', 'not_in_list', 'is no sender of this account')
}

/** Two equal matches at once: the unique index decides. */
const claimingMatch = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === 'provider_routes_match' ? conflict('duplicate') : error
  }
}

export const listRoutes = (deps: Deps, actor: Actor, query: PageQuery & { channel?: 'email' }, now: Date) =>
  inAccount(deps.db, actor.accountId, (trx) => {
    const filter = query.channel === undefined ? {} : { channel: query.channel }
    return pageById(
      query,
      ['routes', filter],
      now,
      (after, limit) => listRouteRows(trx, actor.accountId, filter, after, limit),
      toRoute,
    )
  })

export const getRoute = async (trx: Trx, accountId: string, id: string): Promise<RouteRow> => {
  const row = await findRoute(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readRoute = (deps: Deps, actor: Actor, id: string): Promise<SendingRoute> =>
  inAccount(deps.db, actor.accountId, async (trx) => toRoute(await getRoute(trx, actor.accountId, id)))

export const createRoute = (
  deps: Deps,
  actor: Actor,
  given: NewSendingRoute,
  now: Date,
): Promise<SendingRoute> => {
  const { accountId } = actor
  const columns: RouteColumns = {
    traffic: given.traffic ?? 'any',
    country: given.country ?? null,
    receiving_domain: readDomain(given.receiving_domain ?? null),
    sender_id: given.sender_id ?? null,
    mode: given.mode ?? 'failover',
    providers: given.providers,
    enabled: given.enabled ?? true,
  }
  checkPercents(columns.mode, given.providers)
  return claimingMatch(
    inAccount(deps.db, accountId, async (trx) => {
      await checkMatch(trx, accountId, columns)
      await checkProviders(trx, accountId, given.channel, given.providers)
      const id = uuidV7(now)
      const row = await insertRoute(trx, accountId, { ...columns, id, channel: given.channel })
      await notify(trx, accountId, 'provider', id)
      const after = toRoute(row)
      await recordAct(trx, deps, actor, { action: 'route.changed', type: 'route', id, after })
      return after
    }),
  )
}

const changedColumns = (row: RouteRow, change: SendingRouteChange): RouteColumns => ({
  traffic: change.traffic ?? row.traffic,
  country: change.country === undefined ? row.country : change.country,
  receiving_domain:
    change.receiving_domain === undefined ? row.receiving_domain : readDomain(change.receiving_domain),
  sender_id: change.sender_id === undefined ? row.sender_id : change.sender_id,
  mode: change.mode ?? row.mode,
  providers: change.providers ?? (row.providers as Steps),
  enabled: change.enabled ?? row.enabled,
})

export const changeRoute = (
  deps: Deps,
  actor: Actor,
  id: string,
  change: SendingRouteChange,
  ifMatch: number | null,
): Promise<SendingRoute> => {
  const { accountId } = actor
  return claimingMatch(
    inAccount(deps.db, accountId, async (trx) => {
      const row = await getRoute(trx, accountId, id)
      if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
      const columns = changedColumns(row, change)
      checkPercents(columns.mode, [...columns.providers])
      await checkMatch(trx, accountId, columns)
      if (change.providers) await checkProviders(trx, accountId, row.channel, change.providers)
      const changed = await updateRoute(trx, accountId, id, columns)
      await notify(trx, accountId, 'provider', id)
      const after = toRoute(changed)
      const before = toRoute(row)
      await recordAct(trx, deps, actor, { action: 'route.changed', type: 'route', id, before, after })
      return after
    }),
  )
}

export const deleteRoute = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await getRoute(trx, actor.accountId, id)
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    await removeRoute(trx, actor.accountId, id)
    await notify(trx, actor.accountId, 'provider', id)
    await recordAct(trx, deps, actor, { action: 'route.changed', type: 'route', id, before: toRoute(row) })
  })
