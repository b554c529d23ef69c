import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import type { ImportCounts } from '../contract.ts'
import type { MergePlan } from '../merge/plan.ts'

/** Ends the results that were on the way. An archived contact is told as `archived` where the policy says so. */
export const finishResults = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    update import_staging s set
      result = case s.result
        when 'matched' then 'unchanged'
        when 'archived_updated' then ${plan.settings.rows === 'all' ? 'skipped' : 'updated'}
        when 'matched_archived' then ${plan.settings.rows === 'all' ? 'skipped' : 'unchanged'}
        else s.result end,
      code = case when s.result in ('archived_updated', 'matched_archived')
        then ${plan.settings.rows === 'all' ? 'archived' : null}::text else s.code end
    where s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
      and s.result in ('matched', 'matched_archived', 'archived_updated')`.execute(trx)

/** False when the chunk was written before: whoever comes second writes nothing. */
export const claimChunk = async (trx: Trx, plan: MergePlan, no: number): Promise<boolean> => {
  const made = await trx
    .insertInto('import_chunks')
    .values({ account_id: plan.accountId, import_id: plan.importId, no, state: 'done' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  return made !== undefined
}

/** Moves the chunk's results from staging to the report and counts them. */
export const keepResults = (trx: Trx, plan: MergePlan, no: number) =>
  sql`
    with gone as (
      delete from import_staging s
      where s.account_id = ${plan.accountId} and s.import_id = ${plan.importId} and s.chunk_no = ${no}
      returning s.line_no, s.result, s.code, s.field, s.contact_id
    ), kept as (
      insert into import_rows (account_id, import_id, line_no, result, code, field, contact_id)
      select ${plan.accountId}, ${plan.importId}, line_no, result, code, field,
        case when result in ('rejected') or code = 'not_found' then null else contact_id end
      from gone
    )
    update import_chunks k set counts = (
      select coalesce(jsonb_object_agg(c.name, c.n), '{}') from (
        select result as name, count(*) as n from gone group by result
        union all
        select 'code.' || code, count(*) from gone where code is not null group by code
      ) c)
    where k.account_id = ${plan.accountId} and k.import_id = ${plan.importId} and k.no = ${no}`.execute(trx)

const resultNames = ['inserted', 'updated', 'unchanged', 'group_only', 'skipped', 'rejected'] as const

/** The counts of all chunks written so far. */
export const sumChunks = async (
  trx: Trx,
  accountId: string,
  importId: string,
  rows: number,
): Promise<ImportCounts> => {
  const { rows: sums } = await sql<{ name: string; n: number }>`
    select e.key as name, sum(e.value::bigint)::bigint as n
    from import_chunks k, jsonb_each_text(k.counts) e
    where k.account_id = ${accountId} and k.import_id = ${importId} group by e.key`.execute(trx)
  const byName = new Map(sums.map((sum) => [sum.name, sum.n]))
  const results = Object.fromEntries(resultNames.map((name) => [name, byName.get(name) ?? 0])) as Omit<
    ImportCounts,
    'rows' | 'done' | 'by_code'
  >
  const codes = sums.filter((sum) => sum.name.startsWith('code.'))
  return {
    rows,
    done: Object.values(results).reduce((total, n) => total + n, 0),
    ...results,
    by_code: Object.fromEntries(codes.map((sum) => [sum.name.slice('code.'.length), sum.n])),
  }
}

export const listDoneChunks = async (trx: Trx, accountId: string, importId: string): Promise<Set<number>> => {
  const rows = await trx
    .selectFrom('import_chunks')
    .select('no')
    .where('account_id', '=', accountId)
    .where('import_id', '=', importId)
    .execute()
  return new Set(rows.map((row) => row.no))
}

export const noteImportOfGroups = (trx: Trx, accountId: string, groupIds: readonly string[]) =>
  sql`update contact_groups set last_import_at = app_now()
    where account_id = ${accountId} and id = any(${[...groupIds]}::uuid[])`.execute(trx)
