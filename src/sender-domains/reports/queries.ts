import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { AggregateReport } from './parse.ts'

/** False where the same report was taken before: receivers repeat themselves. */
export const insertReport = async (
  trx: Trx,
  accountId: string,
  domainId: string,
  id: string,
  report: AggregateReport,
): Promise<boolean> => {
  const made = await trx
    .insertInto('dmarc_reports')
    .values({
      account_id: accountId,
      domain_id: domainId,
      id,
      org: report.org,
      report_id: report.reportId,
      begin_at: report.begin,
      end_at: report.end,
      policy: report.policy,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'domain_id', 'org', 'report_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  const rows = report.rows.map((row, n) => ({ n, ...row }))
  await sql`insert into dmarc_report_rows
      (account_id, report_id, n, source, messages, disposition, dkim_aligned, spf_aligned, header_from)
    select ${accountId}, ${id}, r.n, r.source, r.messages, r.disposition, r.dkim, r.spf, r."headerFrom"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (n integer, source text, messages integer, disposition text, dkim boolean, spf boolean, "headerFrom" text)`.execute(
    trx,
  )
  return true
}

type Range = { readonly domainId: string; readonly from: Date; readonly to: Date }

/** Reports by the day on which their period began. */
const rowsWithin = (accountId: string, { domainId, from, to }: Range) => sql`
  from dmarc_reports r join dmarc_report_rows w on w.account_id = ${accountId} and w.report_id = r.id
  where r.account_id = ${accountId} and r.domain_id = ${domainId} and r.begin_at >= ${from} and r.begin_at < ${to}`

export type DayRow = {
  day: string
  messages: number
  passed: number
  dkim_aligned: number
  spf_aligned: number
  quarantined: number
  rejected: number
}

export const sumByDay = async (trx: Trx, accountId: string, range: Range): Promise<DayRow[]> => {
  const { rows } = await sql<DayRow>`
    select to_char(r.begin_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      sum(w.messages)::bigint as messages,
      coalesce(sum(w.messages) filter (where w.dkim_aligned or w.spf_aligned), 0)::bigint as passed,
      coalesce(sum(w.messages) filter (where w.dkim_aligned), 0)::bigint as dkim_aligned,
      coalesce(sum(w.messages) filter (where w.spf_aligned), 0)::bigint as spf_aligned,
      coalesce(sum(w.messages) filter (where w.disposition = 'quarantine'), 0)::bigint as quarantined,
      coalesce(sum(w.messages) filter (where w.disposition = 'reject'), 0)::bigint as rejected
    ${rowsWithin(accountId, range)} group by 1 order by 1`.execute(trx)
  return rows
}

export type SourceRow = {
  source: string
  messages: number
  passed: number
  dkim_aligned: number
  spf_aligned: number
}

const sourcesMax = 500

export const sumBySource = async (trx: Trx, accountId: string, range: Range): Promise<SourceRow[]> => {
  const { rows } = await sql<SourceRow>`
    select w.source, sum(w.messages)::bigint as messages,
      coalesce(sum(w.messages) filter (where w.dkim_aligned or w.spf_aligned), 0)::bigint as passed,
      coalesce(sum(w.messages) filter (where w.dkim_aligned), 0)::bigint as dkim_aligned,
      coalesce(sum(w.messages) filter (where w.spf_aligned), 0)::bigint as spf_aligned
    ${rowsWithin(accountId, range)} group by w.source order by messages desc, w.source limit ${sourcesMax}`.execute(
    trx,
  )
  return rows
}

export const countReports = async (
  trx: Trx,
  accountId: string,
  { domainId, from, to }: Range,
): Promise<number> => {
  const row = await trx
    .selectFrom('dmarc_reports')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('begin_at', '>=', from)
    .where('begin_at', '<', to)
    .executeTakeFirstOrThrow()
  return row.n
}
