import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import type { ReadRow } from '../row-reader.ts'

export type StagedRow = ReadRow & { readonly chunkNo: number; readonly zone: string | null }

/** COPY into a table under row level security is refused; arrays are nearly as quick. */
export const insertStaged = (trx: Trx, accountId: string, importId: string, rows: readonly StagedRow[]) =>
  sql`
    insert into import_staging (account_id, import_id, line_no, chunk_no, external_id, email, email_key, phone,
      first_name, last_name, company, language, country, time_zone, fields, cleared_fields, consent, result, code, field)
    select ${accountId}, ${importId}, r.line_no, r.chunk_no, r.external_id, r.email, r.email_key, r.phone,
      r.first_name, r.last_name, r.company, r.language, r.country, r.time_zone, r.fields::jsonb,
      string_to_array(r.cleared_fields, ','), r.consent::jsonb, r.result, r.code, r.field
    from unnest(
      ${rows.map((row) => row.line)}::bigint[], ${rows.map((row) => row.chunkNo)}::integer[],
      ${rows.map((row) => row.values.external_id ?? null)}::text[], ${rows.map((row) => row.values.email ?? null)}::text[],
      ${rows.map((row) => row.values.email_key ?? null)}::text[], ${rows.map((row) => row.values.phone ?? null)}::text[],
      ${rows.map((row) => row.values.first_name ?? null)}::text[], ${rows.map((row) => row.values.last_name ?? null)}::text[],
      ${rows.map((row) => row.values.company ?? null)}::text[], ${rows.map((row) => row.values.language ?? null)}::text[],
      ${rows.map((row) => row.values.country ?? null)}::text[],
      ${rows.map((row) => row.values.time_zone ?? row.zone)}::text[],
      ${rows.map((row) => JSON.stringify(row.fields))}::text[], ${rows.map((row) => row.clearedFields.join(','))}::text[],
      ${rows.map((row) => (row.consent ? JSON.stringify(row.consent) : null))}::text[],
      ${rows.map((row) => (row.rejection ? 'rejected' : null))}::text[],
      ${rows.map((row) => row.rejection?.code ?? null)}::text[], ${rows.map((row) => row.rejection?.field ?? null)}::text[]
    ) as r (line_no, chunk_no, external_id, email, email_key, phone, first_name, last_name, company, language, country,
      time_zone, fields, cleared_fields, consent, result, code, field)`.execute(trx)

export const countStaged = async (trx: Trx, accountId: string, importId: string): Promise<number> => {
  const row = await trx
    .selectFrom('import_staging')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow()
  return row.n
}

export const deleteStaged = (trx: Trx, accountId: string, importId: string) =>
  trx
    .deleteFrom('import_staging')
    .where('account_id', '=', accountId)
    .where('import_id', '=', importId)
    .execute()

/** What canceled and failed imports of the account have left behind. */
export const deleteLeftovers = (trx: Trx, accountId: string) =>
  sql`delete from import_staging s using imports i join operations o
      on o.account_id = i.account_id and o.id = i.operation_id
    where s.account_id = ${accountId} and i.account_id = ${accountId} and i.id = s.import_id
      and o.state in ('canceled', 'completed')`.execute(trx)

/** Rows of chunks that were written before a crash of the database emptied the staging table. */
export const deleteStagedOfDoneChunks = (trx: Trx, accountId: string, importId: string) =>
  sql`delete from import_staging s using import_chunks k
    where s.account_id = ${accountId} and s.import_id = ${importId}
      and k.account_id = ${accountId} and k.import_id = ${importId} and k.no = s.chunk_no`.execute(trx)

const keys = ['external_id', 'email_key', 'phone'] as const

/**
 * The same person twice in the file: the first or the last row stays, the others get their result at once.
 * One key after the other, so that a row which is out by one key no longer counts for the next.
 */
export const markDuplicates = async (
  trx: Trx,
  accountId: string,
  importId: string,
  policy: 'last' | 'first' | 'reject',
): Promise<void> => {
  const kept = policy === 'last' ? sql`max` : sql`min`
  const result = policy === 'reject' ? 'rejected' : 'skipped'
  for (const key of keys) {
    const column = sql.ref(key)
    await sql`
      update import_staging s set result = ${result}, code = 'duplicate_in_file', field = ${key === 'email_key' ? 'email' : key}
      where s.ctid = any(array(
        select counted.ctid from (
          select ctid, line_no, ${kept}(line_no) over (partition by ${column}) as kept from import_staging
          where account_id = ${accountId} and import_id = ${importId} and result is null and ${column} is not null
        ) counted where counted.line_no <> counted.kept))`.execute(trx)
  }
}

/** The steps after staging read it often; they need to know how full it is. */
export const analyzeStaging = (trx: Trx) => sql`select analyze_import_staging()`.execute(trx)
