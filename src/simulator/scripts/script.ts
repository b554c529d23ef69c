import { actClasses } from '../../channels/email/simulator/contract.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField, notFound, versionConflict } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import {
  answerLatencyMsMax,
  type NewSimulatorScript,
  type SimulatorScript,
  type SimulatorScriptChange,
} from './contract.ts'
import {
  countScripts,
  findScript,
  insertScript,
  listScriptRows,
  lockScripts,
  removeScript,
  type ScriptColumns,
  type ScriptRow,
  updateScript,
} from './queries.ts'

const scriptsMax = 100

const toScript = (row: ScriptRow): SimulatorScript => ({
  id: row.id,
  version: row.version,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  name: row.name,
  enabled: row.enabled,
  match: { address: row.match_address, domain: row.match_domain, campaign_id: row.match_campaign_id },
  outcome: {
    class: row.class as SimulatorScript['outcome']['class'],
    rate: row.rate,
    latency_ms: row.latency_ms,
  },
  seed: row.seed as SimulatorScript['seed'],
})

const isAct = (word: string): boolean => (actClasses as readonly string[]).includes(word)

/** @throws 422 where a rule speaks of nobody, or of an answer that would outlast the call that waits for it */
const checked = (columns: ScriptColumns): ScriptColumns => {
  const { match_address, match_domain, match_campaign_id } = columns
  if (match_address === null && match_domain === null && match_campaign_id === null)
    throw invalidField('/match', 'required', 'name an address, a domain or a campaign; * is every address')
  if (!isAct(columns.class) && columns.latency_ms > answerLatencyMsMax)
    throw invalidField(
      '/outcome/latency_ms',
      'out_of_range',
      `an answer comes within ${answerLatencyMsMax} ms`,
    )
  return columns
}

const matchColumns = (match: NewSimulatorScript['match']) => ({
  match_address: match.address?.toLowerCase() ?? null,
  match_domain: match.domain?.toLowerCase() ?? null,
  match_campaign_id: match.campaign_id ?? null,
})

const toColumns = (given: NewSimulatorScript): ScriptColumns =>
  checked({
    name: given.name || null,
    enabled: given.enabled ?? true,
    ...matchColumns(given.match),
    class: given.outcome.class,
    rate: given.outcome.rate ?? 1,
    latency_ms: given.outcome.latency_ms ?? 0,
    seed: given.seed ?? 1,
  })

const changedColumns = (row: ScriptRow, change: SimulatorScriptChange): ScriptColumns => {
  const { outcome = {} } = change
  return checked({
    name: change.name === undefined ? row.name : change.name || null,
    enabled: change.enabled ?? row.enabled,
    ...(change.match
      ? matchColumns(change.match)
      : {
          match_address: row.match_address,
          match_domain: row.match_domain,
          match_campaign_id: row.match_campaign_id,
        }),
    class: outcome.class ?? row.class,
    rate: outcome.rate ?? row.rate,
    latency_ms: outcome.latency_ms ?? row.latency_ms,
    seed: change.seed ?? (row.seed as SimulatorScript['seed']),
  })
}

/** Runs `act` with the rule while no other change of the account's rules runs. */
const withScript = <T>(
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: number | null,
  act: (trx: Trx, row: ScriptRow) => Promise<T>,
): Promise<T> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    await lockScripts(trx, actor.accountId)
    const row = await findScript(trx, actor.accountId, id)
    if (!row) throw notFound()
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    const done = await act(trx, row)
    await notify(trx, actor.accountId, 'simulator')
    return done
  })

export const listScripts = (deps: Deps, actor: Actor, query: PageQuery, now: Date) =>
  inAccount(deps.db, actor.accountId, (trx) =>
    pageById(
      query,
      'simulator-scripts',
      now,
      (after, limit) => listScriptRows(trx, actor.accountId, after, limit),
      toScript,
    ),
  )

export const readScript = (deps: Deps, actor: Actor, id: string): Promise<SimulatorScript> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await findScript(trx, actor.accountId, id)
    if (!row) throw notFound()
    return toScript(row)
  })

export const createScript = (
  deps: Deps,
  actor: Actor,
  given: NewSimulatorScript,
  now: Date,
): Promise<SimulatorScript> => {
  const columns = toColumns(given)
  return inAccount(deps.db, actor.accountId, async (trx) => {
    await lockScripts(trx, actor.accountId)
    const used = await countScripts(trx, actor.accountId)
    if (used >= scriptsMax) throw new AppError('limit_reached', 403, '', { limit: scriptsMax, used })
    const row = await insertScript(trx, actor.accountId, uuidV7(now), columns)
    await notify(trx, actor.accountId, 'simulator')
    return toScript(row)
  })
}

export const changeScript = (
  deps: Deps,
  actor: Actor,
  id: string,
  change: SimulatorScriptChange,
  ifMatch: number | null,
): Promise<SimulatorScript> =>
  withScript(deps, actor, id, ifMatch, async (trx, row) =>
    toScript(await updateScript(trx, actor.accountId, id, changedColumns(row, change))),
  )

export const deleteScript = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  withScript(deps, actor, id, ifMatch, async (trx) => {
    await removeScript(trx, actor.accountId, id)
  })
