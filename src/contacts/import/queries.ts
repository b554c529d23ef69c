import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'

/** An import that was started is in the state of its operation; so nobody has to keep the two alike. */
const joined = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('imports as i')
    .leftJoin('operations as o', (join) =>
      join.onRef('o.id', '=', 'i.operation_id').on('o.account_id', '=', accountId),
    )
    .leftJoin('users as u', (join) =>
      join.onRef('u.id', '=', 'i.created_by').on('u.account_id', '=', accountId),
    )
    .selectAll('i')
    .select(['u.first_name', 'u.last_name'])
    .select(sql<string>`coalesce(o.state, i.state)`.as('current_state'))
    .select(['o.started_at as operation_started_at', 'o.finished_at as operation_finished_at'])
    .select(['o.error_code as operation_error_code', 'o.version as operation_version'])
    .where('i.account_id', '=', accountId)

export const findImport = (trx: Trx, accountId: string, id: string) =>
  joined(trx, accountId).where('i.id', '=', id).executeTakeFirst()

export type ImportRecord = NonNullable<Awaited<ReturnType<typeof findImport>>>

export const lockImport = async (trx: Trx, accountId: string, id: string) => {
  await trx
    .selectFrom('imports')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
  return findImport(trx, accountId, id)
}

export const listImportRecords = (
  trx: Trx,
  accountId: string,
  filter: { state?: string },
  after: Position | null,
  limit: number,
) =>
  joined(trx, accountId)
    .$if(filter.state !== undefined, (query) =>
      query.where(sql<boolean>`coalesce(o.state, i.state) = ${filter.state ?? ''}`),
    )
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(i.created_at, i.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(limit)
    .execute()

export type NewImport = {
  id: string
  fileName: string
  size: number
  sha256: string
  storageKey: string
  format: unknown
  analysis: unknown
  settings: unknown
  createdBy: string
}

export const insertImport = (trx: Trx, accountId: string, made: NewImport) =>
  trx
    .insertInto('imports')
    .values({
      account_id: accountId,
      id: made.id,
      file_name: made.fileName,
      size: made.size,
      sha256: made.sha256,
      storage_key: made.storageKey,
      format: JSON.stringify(made.format),
      analysis: JSON.stringify(made.analysis),
      settings: JSON.stringify(made.settings),
      state: 'analysed',
      created_by: made.createdBy,
    })
    .execute()

export type ImportUpdate = {
  format?: unknown
  analysis?: unknown
  mapping?: unknown
  settings?: unknown
  counts?: unknown
  operationId?: string
}

export const updateImport = (trx: Trx, accountId: string, id: string, change: ImportUpdate) =>
  trx
    .updateTable('imports')
    .set({
      ...(change.format === undefined ? {} : { format: JSON.stringify(change.format) }),
      ...(change.analysis === undefined ? {} : { analysis: JSON.stringify(change.analysis) }),
      ...(change.mapping === undefined
        ? {}
        : { mapping: change.mapping === null ? null : JSON.stringify(change.mapping) }),
      ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
      ...(change.counts === undefined ? {} : { counts: JSON.stringify(change.counts) }),
      ...(change.operationId === undefined ? {} : { operation_id: change.operationId, state: 'pending' }),
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const listRowResults = (
  trx: Trx,
  accountId: string,
  importId: string,
  search: { result?: string; code?: string; afterLine: number; limit: number },
) =>
  trx
    .selectFrom('import_rows')
    .select(['line_no', 'result', 'code', 'field', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('import_id', '=', importId)
    .where('line_no', '>', search.afterLine)
    .$if(search.result !== undefined, (query) => query.where('result', '=', search.result ?? ''))
    .$if(search.code !== undefined, (query) => query.where('code', '=', search.code ?? ''))
    .orderBy('line_no')
    .limit(search.limit)
    .execute()

export type RowResult = Awaited<ReturnType<typeof listRowResults>>[number]
