import { sql } from 'kysely'
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
