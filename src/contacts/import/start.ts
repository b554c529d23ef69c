import { entitledNumber } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { AppError, conflict, unprocessable } from '../../http/errors.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { startOperation } from '../../operations/index.ts'
import type { ContactWork } from '../contact.ts'
import { listFieldRows } from '../fields/queries.ts'
import { countGroups, findTaken, insertGroup, lockGroupLimit } from '../groups/queries.ts'
import { inAccountRetrying } from '../retry.ts'
import type { Binding, Import, ImportAnalysis, ImportSettings } from './contract.ts'
import { getImportRecord, lockOpen, toImport } from './import.ts'
import { fileOf } from './import-file.ts'
import { proposedMapping, readMapping } from './mapping.ts'
import { type ImportRecord, updateImport } from './queries.ts'
import { defaultSettings, readSettings } from './settings.ts'

const makeGroups = async (trx: Trx, work: ContactWork, names: readonly string[]): Promise<string[]> => {
  if (names.length === 0) return []
  const { accountId, entitlements, permissions } = work.actor
  if (!permissions.has('contacts.groups.edit'))
    throw new AppError('permission_denied', 403, '', { permission: 'contacts.groups.edit' })
  await lockGroupLimit(trx, accountId)
  const limit = entitledNumber(entitlements, 'limit.groups')
  const used = await countGroups(trx, accountId)
  if (used + names.length > limit)
    throw new AppError('limit_reached', 403, '', { limit_key: 'limit.groups', limit, used })
  const ids: string[] = []
  for (const name of names) {
    if (await findTaken(trx, accountId, { name }, null)) throw conflict('name_taken', '', { name })
    const id = uuidV7(work.now)
    await insertGroup(trx, accountId, { id, name })
    await notify(trx, accountId, 'group', id)
    ids.push(id)
  }
  return ids
}

export const checkRowLimit = (rows: number, entitlements: Readonly<Record<string, unknown>>): void => {
  const limit = entitledNumber(entitlements, 'limit.import_rows')
  if (rows > limit) throw unprocessable('too_many_rows', '', { limit, rows })
}

/** Starts the work: settings and mapping are checked once more, new groups are made, the rest goes in the background. */
export const startLocked = async (trx: Trx, work: ContactWork, row: ImportRecord): Promise<void> => {
  const { accountId, userId } = work.actor
  const analysis = row.analysis as ImportAnalysis
  await fileOf(work.deps, row)
  if (analysis.rows_exact) checkRowLimit(analysis.rows, work.actor.entitlements)
  const mapping = (row.mapping as Binding[] | null) ?? proposedMapping(analysis)
  readMapping(mapping, analysis, await listFieldRows(trx, accountId))
  const present = { ...defaultSettings, ...(row.settings as Partial<ImportSettings>) }
  const settings = await readSettings(trx, accountId, { present, wish: {}, now: work.now })
  const made = await makeGroups(trx, work, settings.new_groups)
  const operationId = await startOperation(trx, work.deps, accountId, {
    type: 'import',
    object: { type: 'import', id: row.id, name: row.file_name },
    params: { import_id: row.id, group_ids: [...settings.group_ids, ...made] },
    startedBy: userId,
  })
  await updateImport(trx, accountId, row.id, { mapping, settings, operationId })
  await notify(trx, accountId, 'import', row.id)
  await recordAct(trx, work.deps, work.actor, {
    action: 'import.started',
    type: 'import',
    id: row.id,
    after: {
      file_hash: row.sha256,
      file_name: row.file_name,
      rows: analysis.rows,
      settings,
      columns: mapping.length,
      groups_made: made,
    },
  })
}

export const startImportRun = (work: ContactWork, id: string): Promise<Import> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await lockOpen(trx, work.actor.accountId, id, null)
    await startLocked(trx, work, row)
    return toImport(await getImportRecord(trx, work.actor.accountId, id))
  })

export const readAnalysis = (work: ContactWork, id: string): Promise<ImportAnalysis> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await getImportRecord(trx, work.actor.accountId, id)
    return row.analysis as ImportAnalysis
  })
