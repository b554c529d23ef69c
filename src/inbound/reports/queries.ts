import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type ReportKind =
  | 'bounce'
  | 'delayed'
  | 'delivered'
  | 'complaint'
  | 'unsubscribe'
  | 'out_of_office'
  | 'auto_reply'
  | 'challenge'
  | 'other'
export type ReportState = 'applied' | 'repeated' | 'ignored' | 'waiting' | 'unassigned' | 'discarded'

export type NewReport = {
  readonly source: 'smtp' | 'mail' | 'webhook' | 'simulator'
  readonly kind: ReportKind
  readonly state: ReportState
  readonly rawRef: string | null
  readonly providerId: string | null
  readonly providerRef: string | null
  readonly messageId: string | null
  readonly address: string | null
  readonly receiver: string | null
  readonly class: string | null
  readonly code: string | null
  readonly text: string | null
  readonly ruleId: string | null
  readonly subject: string | null
}

const firstTrySeconds = 10

export const insertReport = async (trx: Trx, accountId: string, report: NewReport): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into bounce_reports (account_id, id, source, kind, state, raw_ref, provider_id, provider_ref, message_id,
      source_id, contact_id, address, receiver, class, code, text, rule_id, subject, next_try_at)
    select ${accountId}, uuid_v7(), ${report.source}, ${report.kind}, ${report.state}, ${report.rawRef},
      ${report.providerId}, ${report.providerRef}, ${report.messageId}::uuid, m.source_id, m.contact_id,
      coalesce(left(${report.address}::text, 320), m.address), left(${report.receiver}::text, 253), ${report.class},
      left(${report.code}::text, 32), left(${report.text}::text, 500), ${report.ruleId}::uuid,
      left(${report.subject}::text, 500),
      case when ${report.state} = 'waiting' then app_now() + make_interval(secs => ${firstTrySeconds}) end
    from (values (1)) one
    left join messages m on m.account_id = ${accountId} and m.message_id = ${report.messageId}::uuid
    limit 1
    returning id`.execute(trx)
  return rows[0]?.id ?? ''
}

/** Reports that wait for their message and are due to look for it again. */
export const lockWaitingReports = async (trx: Trx, accountId: string, limit: number) => {
  const { rows } = await sql<WaitingReport>`
    select id, source, kind, raw_ref, provider_id, provider_ref, message_id, address, class, code, text, rule_id, subject,
      received_at <= app_now() - interval '7 days' as overdue
    from bounce_reports
    where account_id = ${accountId} and state = 'waiting' and next_try_at <= app_now()
    order by next_try_at limit ${limit} for update skip locked`.execute(trx)
  return rows
}
export type WaitingReport = {
  readonly id: string
  readonly source: NewReport['source']
  readonly kind: ReportKind
  readonly raw_ref: string | null
  readonly provider_id: string | null
  readonly provider_ref: string | null
  readonly message_id: string | null
  readonly address: string | null
  readonly class: string | null
  readonly code: string | null
  readonly text: string | null
  readonly rule_id: string | null
  readonly subject: string | null
  readonly overdue: boolean
}

/** Looks again after as long as it has waited already, at least ten seconds and at most an hour. */
export const settleReport = (
  trx: Trx,
  accountId: string,
  id: string,
  state: ReportState,
  messageId: string | null,
  assignedBy: string | null = null,
) =>
  sql`update bounce_reports r set state = ${state}, message_id = ${messageId}::uuid,
      source_id = m.source_id, contact_id = m.contact_id, assigned_by = ${assignedBy}::uuid,
      next_try_at = case when ${state} = 'waiting' then app_now() + greatest(interval '10 seconds',
        least(interval '1 hour', app_now() - r.received_at)) end
    from (values (1)) one left join lateral (select source_id, contact_id from messages
      where account_id = ${accountId} and message_id = ${messageId}::uuid limit 1) m on true
    where r.account_id = ${accountId} and r.id = ${id}`.execute(trx)

/** What nobody has matched, and what meant nothing, goes after thirty days (email.md §11). */
export const dropOldReports = (trx: Trx, accountId: string) =>
  sql`delete from bounce_reports where account_id = ${accountId} and received_at <= app_now() - interval '30 days'
    and state in ('ignored', 'waiting', 'unassigned', 'discarded', 'repeated')`.execute(trx)

export type ReportFilter = {
  readonly state?: ReportState
  readonly kind?: ReportKind
  readonly message_id?: string
  readonly address?: string
}

export type ReportRow = {
  readonly id: string
  readonly received_at: Date
  readonly source: NewReport['source']
  readonly kind: ReportKind
  readonly state: ReportState
  readonly raw_ref: string | null
  readonly provider_id: string | null
  readonly provider_ref: string | null
  readonly message_id: string | null
  readonly source_id: string | null
  readonly contact_id: string | null
  readonly address: string | null
  readonly receiver: string | null
  readonly class: string | null
  readonly code: string | null
  readonly text: string | null
  readonly rule_id: string | null
  readonly subject: string | null
  readonly campaign_name: string | null
  readonly has_raw: boolean
}

const rows = (accountId: string, conditions: RawBuilder<unknown>) => sql<ReportRow>`
  select r.id, r.received_at, r.source, r.kind, r.state, r.raw_ref, r.provider_id, r.provider_ref, r.message_id, r.source_id,
    r.contact_id, r.address, r.receiver, r.class, r.code, r.text, r.rule_id, r.subject, c.name as campaign_name,
    case split_part(r.raw_ref, ':', 1)
      when 'mail' then exists (select from inbound_mails m where m.account_id = ${accountId}
        and m.id = split_part(r.raw_ref, ':', 2)::uuid)
      when 'receipt' then exists (select from receipt_calls k where k.account_id = ${accountId}
        and k.id = split_part(r.raw_ref, ':', 2)::uuid)
      else false end as has_raw
  from bounce_reports r left join campaigns c on c.account_id = ${accountId} and c.id = r.source_id
  where r.account_id = ${accountId} ${conditions}`

export const listReports = async (
  trx: Trx,
  accountId: string,
  filter: ReportFilter,
  after: string | null,
  limit: number,
): Promise<ReportRow[]> => {
  const result = await rows(
    accountId,
    sql`and (${filter.state ?? null}::text is null or r.state = ${filter.state ?? null})
      and (${filter.kind ?? null}::text is null or r.kind = ${filter.kind ?? null})
      and (${filter.message_id ?? null}::uuid is null or r.message_id = ${filter.message_id ?? null})
      and (${filter.address ?? null}::text is null or lower(r.address) = lower(${filter.address ?? null}))
      and (${after}::uuid is null or r.id < ${after}::uuid) order by r.id desc limit ${limit}`,
  ).execute(trx)
  return result.rows
}

export const findReport = async (trx: Trx, accountId: string, id: string): Promise<ReportRow | undefined> =>
  (await rows(accountId, sql`and r.id = ${id}`).execute(trx)).rows[0]

export const lockReport = async (trx: Trx, accountId: string, id: string): Promise<ReportRow | undefined> =>
  (await rows(accountId, sql`and r.id = ${id} for update of r`).execute(trx)).rows[0]

/** The mail or the call that a report was read from, while it is kept. */
export const findRaw = async (trx: Trx, accountId: string, rawRef: string | null): Promise<Buffer | null> => {
  const [kind = '', id = ''] = (rawRef ?? '').split(':')
  if (kind === 'mail') {
    const { rows: found } = await sql<{ raw: Buffer }>`select raw from inbound_mails
      where account_id = ${accountId} and id = ${id}::uuid`.execute(trx)
    return found[0]?.raw ?? null
  }
  if (kind !== 'receipt') return null
  const { rows: found } = await sql<{ body: Buffer }>`select body from receipt_calls
    where account_id = ${accountId} and id = ${id}::uuid`.execute(trx)
  return found[0]?.body ?? null
}
