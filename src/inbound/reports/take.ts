import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { receiverOf } from '../effects/address.ts'
import { applyBounces, type Outcome } from '../effects/bounces.ts'
import { applyComplaint } from '../effects/complaints.ts'
import { applyDelivery } from '../effects/deliveries.ts'
import { insertReport, type NewReport, type ReportKind, type ReportState } from './queries.ts'

/** One report about one message, before anybody knows what follows from it. */
export type Report = Omit<NewReport, 'state' | 'receiver'>

const applied: readonly ReportKind[] = ['bounce', 'complaint', 'delivered']

/** What a report does to its message. */
export const applyReport = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  report: Report & { readonly messageId: string },
): Promise<Outcome> => {
  const { messageId, rawRef } = report
  const origin = report.source === 'smtp' ? 'mail' : report.source
  const words = { code: report.code ?? '', text: report.text ?? '' }
  if (report.kind === 'complaint')
    return applyComplaint(trx, deps, accountId, { messageId, rawRef, origin, type: words.text || 'abuse' })
  if (report.kind === 'delivered')
    return applyDelivery(trx, accountId, { messageId, rawRef, origin, ...words })
  const told = { messageId, rawRef, origin, ...words, class: report.class ?? 'unknown' }
  return (await applyBounces(trx, deps, accountId, [told])).get(messageId) ?? 'unknown'
}

/**
 * Unknown messages may become known: a receipt can overtake the row that it is about, a restored copy can lack it. What is
 * about no message at all waits for a person.
 */
export const stateOf = (outcome: Outcome, report: Report): ReportState =>
  outcome === 'unknown'
    ? report.messageId === null && report.providerRef === null
      ? 'unassigned'
      : 'waiting'
    : outcome

const decide = async (trx: Trx, deps: Deps, accountId: string, report: Report): Promise<ReportState> => {
  if (!applied.includes(report.kind)) return 'ignored'
  const { messageId } = report
  if (messageId === null) return stateOf('unknown', report)
  return stateOf(await applyReport(trx, deps, accountId, { ...report, messageId }), report)
}

/** Applies a report and keeps what was understood of it. */
export const takeReport = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  report: Report,
): Promise<ReportState> => {
  const state = await decide(trx, deps, accountId, report)
  await insertReport(trx, accountId, { ...report, state, receiver: receiverOf(report.address) })
  return state
}
