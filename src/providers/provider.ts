import { accountKeys } from '../accounts/index.ts'
import { recordAct } from '../audit/index.ts'
import type { Trx } from '../db/pool.ts'
import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { requireFresh } from '../http/authorize.ts'
import type { Deps } from '../http/deps.ts'
import { conflict, notFound, versionConflict } from '../http/errors.ts'
import { pageById } from '../http/id-page.ts'
import { guardOf } from '../http/outbound.ts'
import type { PageQuery } from '../http/page.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { exposesSecret, mergeLimits, nothing, type Read, readConfig, vetTarget } from './config.ts'
import type { NewProvider, Provider, ProviderChange } from './contract.ts'
import { limitingOf } from './health/limiting.ts'
import { toProvider } from './presentation.ts'
import {
  findProvider,
  insertProvider,
  isProviderRouted,
  listProviderRows,
  lockProvider,
  type ProviderColumns,
  type ProviderRow,
  removeProvider,
  updateProvider,
} from './queries.ts'
import { describeReceipts } from './receipts/receipts.ts'
import { openSecrets, sealSecrets } from './secrets.ts'

export const listProviders = (
  deps: Deps,
  actor: Actor,
  query: PageQuery & { channel?: 'email' },
  now: Date,
) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const filter = query.channel === undefined ? {} : { channel: query.channel }
    const receipts = await describeReceipts(trx, deps, actor.accountId)
    const limiting = await limitingOf(trx, actor.accountId)
    return pageById(
      query,
      ['providers', filter],
      now,
      (after, limit) => listProviderRows(trx, actor.accountId, filter, after, limit),
      (row) => toProvider(deps, row, receipts, limiting),
    )
  })

export const getProvider = async (trx: Trx, accountId: string, id: string): Promise<ProviderRow> => {
  const row = await findProvider(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readProvider = (deps: Deps, actor: Actor, id: string): Promise<Provider> =>
  inAccount(deps.db, actor.accountId, async (trx) =>
    toProvider(
      deps,
      await getProvider(trx, actor.accountId, id),
      await describeReceipts(trx, deps, actor.accountId),
      await limitingOf(trx, actor.accountId),
    ),
  )

/** Two requests may take one name at once: the unique index decides. */
const claimingName = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === 'providers_name' ? conflict('name_taken') : error
  }
}

export const createProvider = async (
  deps: Deps,
  actor: Actor,
  given: NewProvider,
  now: Date,
): Promise<Provider> => {
  const read = readConfig(given.kind, nothing, given.config)
  if (Object.keys(read.secrets).length > 0) requireFresh(actor, 'general', now)
  await vetTarget(guardOf(deps), read.config)
  const { accountId } = actor
  const id = uuidV7(now)
  return claimingName(
    inAccount(deps.db, accountId, async (trx) => {
      const row = await insertProvider(trx, accountId, {
        id,
        channel: given.channel,
        kind: given.kind,
        name: given.name,
        enabled: given.enabled ?? true,
        config: read.config,
        secretsSealed: sealSecrets(await accountKeys(trx, deps.keys, accountId), id, read.secrets),
        limits: mergeLimits({}, given.limits),
        shapeByReceiver: given.kind === 'mx' || (given.shape_by_receiver ?? false),
        pool: given.pool ?? 'any',
      })
      await notify(trx, accountId, 'provider', id)
      const after = toProvider(deps, row)
      const shown = toProvider(deps, row, await describeReceipts(trx, deps, accountId))
      await recordAct(trx, deps, actor, { action: 'provider.created', type: 'provider', id, after })
      return shown
    }),
  )
}

const loadForChange = (deps: Deps, accountId: string, id: string, ifMatch: number | null) =>
  inAccount(deps.db, accountId, async (trx) => {
    const row = await getProvider(trx, accountId, id)
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    const secrets = openSecrets(await accountKeys(trx, deps.keys, accountId), row)
    return { row, stored: { config: row.config as Read['config'], secrets } }
  })

const changedColumns = (
  row: ProviderRow,
  read: Read,
  sealed: Buffer | null,
  change: ProviderChange,
): ProviderColumns => ({
  name: change.name ?? row.name,
  enabled: change.enabled ?? row.enabled,
  config: read.config,
  secretsSealed: sealed,
  limits: mergeLimits(row.limits as object, change.limits),
  shapeByReceiver: row.kind === 'mx' || (change.shape_by_receiver ?? row.shape_by_receiver),
  pool: change.pool ?? row.pool,
})

const givesSecret = ({ config }: ProviderChange): boolean =>
  typeof config?.password === 'string' || typeof config?.receipts?.secret === 'string'

export const changeProvider = async (
  deps: Deps,
  actor: Actor,
  id: string,
  change: ProviderChange,
  ifMatch: number | null,
  now: Date,
): Promise<Provider> => {
  const { accountId } = actor
  const { row, stored } = await loadForChange(deps, accountId, id, ifMatch)
  const read = change.config ? readConfig(row.kind as Provider['kind'], stored, change.config) : stored
  if (givesSecret(change) || exposesSecret(stored, read)) requireFresh(actor, 'general', now)
  // Names are resolved outside of a transaction; the version tells whether somebody changed the target meanwhile.
  if (change.config) await vetTarget(guardOf(deps), read.config)
  return claimingName(
    inAccount(deps.db, accountId, async (trx) => {
      const locked = await lockProvider(trx, accountId, id)
      if (!locked) throw notFound()
      if (locked.version !== row.version) throw versionConflict()
      const sealed = sealSecrets(await accountKeys(trx, deps.keys, accountId), id, read.secrets)
      const changed = await updateProvider(trx, accountId, id, changedColumns(locked, read, sealed, change))
      await notify(trx, accountId, 'provider', id)
      const before = toProvider(deps, locked)
      const after = toProvider(deps, changed)
      const shown = toProvider(deps, changed, await describeReceipts(trx, deps, accountId))
      await recordAct(trx, deps, actor, { action: 'provider.changed', type: 'provider', id, before, after })
      return shown
    }),
  )
}

export const deleteProvider = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await lockProvider(trx, actor.accountId, id)
    if (!row) throw notFound()
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    if (await isProviderRouted(trx, actor.accountId, id)) throw conflict('provider_in_use')
    await removeProvider(trx, actor.accountId, id)
    await notify(trx, actor.accountId, 'provider', id)
    const before = toProvider(deps, row)
    await recordAct(trx, deps, actor, { action: 'provider.deleted', type: 'provider', id, before })
  })
