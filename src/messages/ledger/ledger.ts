import type { Trx } from '../../db/pool.ts'
import { notify } from '../../live/index.ts'
import { insertSingleRow, type LedgerRow, type SingleRow } from './queries.ts'

/** First day of the month (UTC) in which a source starts; fixed once, it stands in every key of its rows. */
export const runMonthOf = (at: Date): string => `${at.toISOString().slice(0, 7)}-01`

/** One row for one test message; tests never count in a report. */
export const planTestMessage = async (trx: Trx, row: Omit<SingleRow, 'kind' | 'lane'>): Promise<void> => {
  await insertSingleRow(trx, { ...row, kind: 'test', lane: 2 })
}

/** One row for one transactional message; `urgent` ones (codes) are first everywhere. Senders are told at the commit. */
export const planTransactional = async (
  trx: Trx,
  row: Omit<SingleRow, 'kind' | 'lane'> & { readonly priority: 'urgent' | 'normal' },
): Promise<void> => {
  const { priority, ...given } = row
  await insertSingleRow(trx, { ...given, kind: 'transactional', lane: priority === 'urgent' ? 0 : 1 })
  await notify(trx, row.accountId, 'message', row.sourceId)
}

/** The row as the API shows it (sending.md §15.1, Ledger row). */
export const toLedgerRow = (row: LedgerRow) => ({
  message_id: row.message_id,
  source_id: row.source_id,
  channel: row.channel as 'email',
  contact_id: row.contact_id,
  address: row.address,
  state: row.state as 'planned' | 'claimed' | 'handed' | 'accepted' | 'rejected' | 'uncertain' | 'suppressed',
  reason: row.reason,
  resolution: row.resolution as 'accepted' | 'missed' | 'repeated' | null,
  attempts: row.attempts,
  next_attempt_at: row.next_attempt_at?.toISOString() ?? null,
  lane: row.lane,
  provider_id: row.provider_id,
  provider_ref: row.provider_ref,
  answer: row.answer as { at: string; class: string; code: string; text: string } | null,
  content_revision: row.content_revision,
  variant: row.variant,
  logical_id: row.logical_id,
  rung: row.rung,
  delivery_status: row.delivery_status,
  basis: row.basis,
  flags: row.flags,
  price_id: row.price_id,
  billable_units: row.billable_units,
  provider_price_id: row.provider_price_id,
  provider_cost_minor: row.provider_cost_minor,
  currency: row.currency,
  planned_at: row.planned_at.toISOString(),
  handed_at: row.handed_at?.toISOString() ?? null,
  final_at: row.final_at?.toISOString() ?? null,
})
