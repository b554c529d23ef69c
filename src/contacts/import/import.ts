import { basename } from 'node:path'
import { findAccount } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { conflict, notFound, versionConflict } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../../http/page.ts'
import { notify } from '../../live/index.ts'
import { steerOperation } from '../../operations/index.ts'
import type { ContactWork } from '../contact.ts'
import { listFieldRows } from '../fields/queries.ts'
import { analyseFile } from './analysis.ts'
import type {
  Binding,
  FormatWish,
  Import,
  ImportAnalysis,
  ImportCounts,
  ImportFormat,
  ImportSettings,
  SettingsWish,
} from './contract.ts'
import { fileOf } from './import-file.ts'
import { readMapping } from './mapping.ts'
import { findImport, type ImportRecord, listImportRecords, lockImport, updateImport } from './queries.ts'
import { defaultSettings, readSettings } from './settings.ts'

const noCounts: ImportCounts = {
  rows: 0,
  done: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  group_only: 0,
  skipped: 0,
  rejected: 0,
  by_code: {},
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const toImport = (row: ImportRecord): Import => {
  const analysis = row.analysis as ImportAnalysis | null
  return {
    id: row.id,
    state: row.current_state as Import['state'],
    file_name: row.file_name,
    size: row.size,
    sha256: row.sha256,
    format: row.format as ImportFormat,
    analysis,
    mapping: row.mapping as Binding[] | null,
    settings: { ...defaultSettings, ...(row.settings as Partial<ImportSettings> | null) },
    counts: { ...noCounts, rows: analysis?.rows ?? 0, ...(row.counts as Partial<ImportCounts>) },
    operation_id: row.operation_id,
    approval_id: null,
    error_code: row.operation_error_code ?? row.error_code,
    created_by:
      row.created_by && row.first_name
        ? { id: row.created_by, name: `${row.first_name} ${row.last_name}` }
        : null,
    created_at: row.created_at.toISOString(),
    started_at: iso(row.operation_started_at),
    finished_at: iso(row.operation_finished_at),
    undo_until: null,
    version: row.version,
  }
}

export const getImportRecord = async (trx: Trx, accountId: string, id: string): Promise<ImportRecord> => {
  const row = await findImport(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readImport = (work: ContactWork, id: string): Promise<Import> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) =>
    toImport(await getImportRecord(trx, work.actor.accountId, id)),
  )

export const listImportPage = (work: ContactWork, query: PageQuery & { state?: string }) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const filter = query.state ? { state: query.state } : {}
    const bound = ['imports', filter]
    const limit = pageLimit(query)
    const rows = await listImportRecords(
      trx,
      work.actor.accountId,
      filter,
      readTimePosition(query, bound, work.now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter: bound,
      now: work.now,
      position: (row) => [row.created_at.toISOString(), row.id],
      present: toImport,
    })
  })

/** Locks an import that may still be changed. */
export const lockOpen = async (
  trx: Trx,
  accountId: string,
  id: string,
  ifMatch: number | null,
): Promise<ImportRecord> => {
  const row = await lockImport(trx, accountId, id)
  if (!row) throw notFound()
  if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
  if (row.current_state !== 'analysed')
    throw conflict('operation_finished', 'The import was started; its file and settings stay.')
  return row
}

const analyse = async (
  trx: Trx,
  work: ContactWork,
  row: ImportRecord,
  wish: FormatWish,
): Promise<ImportAnalysis> => {
  const account = await findAccount(trx, work.actor.accountId)
  return analyseFile(await fileOf(work.deps, row), {
    wish,
    country: account?.country ?? 'PL',
    fields: await listFieldRows(trx, work.actor.accountId),
  })
}

/** A mapping names columns by number; with other columns it means nothing. */
const keptMapping = (row: ImportRecord, analysis: ImportAnalysis): Binding[] | null =>
  (row.analysis as ImportAnalysis | null)?.columns.length === analysis.columns.length
    ? (row.mapping as Binding[] | null)
    : null

export const readAgain = (work: ContactWork, id: string, wish: FormatWish | undefined) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await lockOpen(trx, work.actor.accountId, id, null)
    const analysis = await analyse(trx, work, row, wish ?? {})
    const mapping = keptMapping(row, analysis)
    await updateImport(trx, work.actor.accountId, id, { format: analysis.format, analysis, mapping })
    return analysis
  })

export type ImportWish = { format?: FormatWish; mapping?: Binding[]; settings?: SettingsWish }

/** Applies format, then mapping, then settings; nothing is kept when one of them is refused. */
export const applyWish = async (
  trx: Trx,
  work: ContactWork,
  row: ImportRecord,
  wish: ImportWish,
): Promise<void> => {
  const { accountId } = work.actor
  const analysis = wish.format
    ? await analyse(trx, work, row, { ...(row.format as FormatWish), ...wish.format })
    : (row.analysis as ImportAnalysis)
  const fields = await listFieldRows(trx, accountId)
  if (wish.mapping) readMapping(wish.mapping, analysis, fields)
  const mapping = wish.mapping ?? keptMapping(row, analysis)
  const settings = await readSettings(trx, accountId, {
    present: { ...defaultSettings, ...(row.settings as Partial<ImportSettings>) },
    wish: wish.settings ?? {},
    now: work.now,
  })
  await updateImport(trx, accountId, row.id, { format: analysis.format, analysis, mapping, settings })
}

export const editImport = (
  work: ContactWork,
  id: string,
  wish: ImportWish,
  ifMatch: number | null,
): Promise<Import> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await lockOpen(trx, work.actor.accountId, id, ifMatch)
    await applyWish(trx, work, row, wish)
    await notify(trx, work.actor.accountId, 'import', id)
    return toImport(await getImportRecord(trx, work.actor.accountId, id))
  })

/** Pause, resume and cancel act on the operation; an import that was never started can be canceled by nobody. */
export const steerImport = (
  work: ContactWork,
  id: string,
  act: 'pause' | 'resume' | 'cancel',
): Promise<Import> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const row = await lockImport(trx, accountId, id)
    if (!row) throw notFound()
    const done = row.operation_id !== null && (await steerOperation(trx, accountId, row.operation_id, act))
    if (!done) throw conflict('operation_finished', 'The import is in no state for this.')
    await notify(trx, accountId, 'import', id)
    const steered = toImport(await getImportRecord(trx, accountId, id))
    if (act === 'cancel') {
      const after = { file_hash: row.sha256, counts_so_far: steered.counts }
      await recordAct(trx, work.deps, work.actor, { action: 'import.canceled', type: 'import', id, after })
    }
    return steered
  })

/** The last part of a path somebody's browser sent, without signs that could break a header. */
export const plainFileName = (name: string | undefined): string => {
  const last = basename((name ?? '').replaceAll('\\', '/')).toWellFormed()
  const clean = last.replaceAll(/\p{C}/gu, '').trim().slice(0, 255)
  return clean === '' ? 'import.csv' : clean
}
