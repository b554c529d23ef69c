import {
  accountKeys,
  effectiveEntitlements,
  entitledNumber,
  findAccount,
  listEntitlementOverrides,
} from '../../accounts/index.ts'
import { type Act, byStarter, recordActOf } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { notify } from '../../live/index.ts'
import { OperationLost, type OperationRunner, type RunningOperation } from '../../operations/index.ts'
import { listFieldRows } from '../fields/queries.ts'
import { inAccountRetrying } from '../retry.ts'
import type { Binding, ImportAnalysis, ImportCounts, ImportFormat, ImportSettings } from './contract.ts'
import { getImportRecord } from './import.ts'
import { fileOf } from './import-file.ts'
import { readMapping, type StandardTarget } from './mapping.ts'
import { mergeChunk } from './merge/chunk.ts'
import { consentChannelsOf, type MergePlan } from './merge/plan.ts'
import { listDoneChunks, noteImportOfGroups, sumChunks } from './outcome/queries.ts'
import { updateImport } from './queries.ts'
import { countStaged } from './staging/queries.ts'
import { chunkRows, type StagingPlan, stageFile } from './staging/stage.ts'

type RunPlan = {
  readonly staging: StagingPlan
  readonly merge: MergePlan
  readonly entitlements: Readonly<Record<string, unknown>>
}

const groupIdsIn = (params: Record<string, unknown>): string[] =>
  Array.isArray(params['group_ids']) ? params['group_ids'].map(String) : []

const readPlan = async (trx: Trx, deps: Deps, operation: RunningOperation): Promise<RunPlan> => {
  const { accountId, params } = operation
  const row = await getImportRecord(trx, accountId, String(params['import_id']))
  const analysis = row.analysis as ImportAnalysis
  const settings = row.settings as ImportSettings
  const columns = readMapping(row.mapping as Binding[], analysis, await listFieldRows(trx, accountId))
  const entitlements = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
  const account = await findAccount(trx, accountId)
  return {
    entitlements,
    staging: {
      importId: row.id,
      path: await fileOf(deps, row),
      rowsMax: entitledNumber(entitlements, 'limit.import_rows'),
      rows: {
        columns,
        width: analysis.columns.length,
        format: row.format as ImportFormat,
        settings,
        accountCountry: account?.country ?? 'PL',
        now: deps.clock.now(),
      },
    },
    merge: {
      accountId,
      importId: row.id,
      startedBy: operation.startedBy,
      fileName: row.file_name,
      sha256: row.sha256,
      settings,
      bound: new Set(
        columns.flatMap(({ target }): StandardTarget[] => (target.kind === 'standard' ? [target.name] : [])),
      ),
      groupIds: groupIdsIn(params),
      consentChannels: consentChannelsOf(settings, columns),
      hash: (await accountKeys(trx, deps.keys, accountId)).addressHash,
    },
  }
}

/** The number of rows when staging is whole; null when the file has to be read (again, after a crash of the database). */
const stagedRows = async (
  deps: Deps,
  operation: RunningOperation,
  importId: string,
): Promise<number | null> => {
  const rows = operation.checkpoint['staged_rows']
  if (typeof rows !== 'number') return null
  return inAccount(deps.db, operation.accountId, async (trx) => {
    const { done } = await sumChunks(trx, operation.accountId, importId, rows)
    return done + (await countStaged(trx, operation.accountId, importId)) === rows ? rows : null
  })
}

const runChunk = (
  deps: Deps,
  operation: RunningOperation,
  plan: RunPlan,
  given: { no: number; rows: number },
): Promise<ImportCounts> =>
  inAccountRetrying(deps.db, operation.accountId, async (trx) => {
    const { importId } = plan.merge
    await mergeChunk(trx, plan.merge, given.no, plan.entitlements)
    const counts = await sumChunks(trx, operation.accountId, importId, given.rows)
    await updateImport(trx, operation.accountId, importId, { counts })
    await operation.advance(trx, { done: counts.done })
    await notify(trx, operation.accountId, 'import', importId)
    await notify(trx, operation.accountId, 'contact')
    for (const group of plan.merge.groupIds) await notify(trx, operation.accountId, 'group', group)
    return counts
  })

/**
 * Parse → staging → merge in chunks under a unique (import, chunk). A killed worker's successor goes on after the last
 * chunk that was committed; each chunk and its progress commit together.
 */
const runWhole: OperationRunner = async (deps, operation) => {
  const plan = await inAccount(deps.db, operation.accountId, (trx) => readPlan(trx, deps, operation))
  const { importId } = plan.merge
  const rows =
    (await stagedRows(deps, operation, importId)) ?? (await stageFile(deps, operation, plan.staging))
  const done = await inAccount(deps.db, operation.accountId, (trx) =>
    listDoneChunks(trx, operation.accountId, importId),
  )
  const chunks = Math.ceil(rows / chunkRows)
  for (let no = 0; no < chunks; no += 1) {
    if (!done.has(no)) await runChunk(deps, operation, plan, { no, rows })
  }
  return inAccount(deps.db, operation.accountId, async (trx) => {
    await noteImportOfGroups(trx, operation.accountId, plan.merge.groupIds)
    const counts = await sumChunks(trx, operation.accountId, importId, rows)
    await updateImport(trx, operation.accountId, importId, { counts })
    await notify(trx, operation.accountId, 'import', importId)
    await recordEnd(trx, deps, operation, {
      action: 'import.completed',
      after: { file_hash: plan.merge.sha256, ...counts },
    })
    return { ...counts }
  })
}

/** Once for each import: the mark and the record commit together, and only while the lease is held. */
const recordEnd = async (
  trx: Trx,
  deps: Deps,
  operation: RunningOperation,
  end: Pick<Act, 'action' | 'after' | 'reason'>,
): Promise<void> => {
  if (operation.checkpoint['ended'] === true) return
  await operation.advance(trx, { checkpoint: { ...operation.checkpoint, ended: true } })
  await recordActOf(trx, deps, byStarter(operation.accountId, operation.startedBy), {
    ...end,
    type: 'import',
    id: String(operation.params['import_id']),
  })
}

export const runImport: OperationRunner = async (deps, operation) => {
  try {
    return await runWhole(deps, operation)
  } catch (error) {
    if (error instanceof OperationLost) throw error
    const reason = error instanceof AppError ? error.code : 'internal'
    await inAccount(deps.db, operation.accountId, (trx) =>
      recordActOf(trx, deps, byStarter(operation.accountId, operation.startedBy), {
        action: 'import.failed',
        type: 'import',
        id: String(operation.params['import_id']),
        result: 'error',
        reason,
      }),
    )
    throw error
  }
}
