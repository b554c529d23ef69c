import type { Campaign } from '../campaigns/contract.ts'
import { bounceGroupOf } from '../channels/email/bounce-classes.ts'
import { inAccountSnapshot, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { type Accounting, readAccounting } from '../messages/index.ts'
import type { Report, ReportCounts } from './contract.ts'
import {
  countLaterBounces,
  countLedgerFigures,
  countReactions,
  findCampaign,
  type LedgerFigures,
  type Reactions,
} from './queries.ts'
import { ratesOf } from './rates.ts'

type Words = readonly (readonly [word: string, n: number])[]

const countGroups = (words: Words): { hard: number; soft: number; block: number } => {
  const groups = { hard: 0, soft: 0, block: 0 }
  for (const [word, n] of words) groups[bounceGroupOf(word)] += n
  return groups
}

const toCounts = (
  accounting: Accounting,
  ledger: LedgerFigures,
  reactions: Reactions,
  later: Words,
): ReportCounts => {
  const bounced = countGroups([...Object.entries(accounting.rejected_by_reason), ...later])
  return {
    audience: accounting.audience,
    accepted: accounting.accepted,
    rejected: accounting.rejected,
    suppressed: accounting.suppressed,
    uncertain: accounting.uncertain,
    pending: accounting.pending,
    delivered: accounting.delivered,
    deferred: ledger.deferred,
    hard_bounced: bounced.hard,
    soft_bounced: bounced.soft,
    spam_bounced: bounced.block,
    bounced_later: later.reduce((sum, [, n]) => sum + n, 0),
    // Without verdicts every hit is unsure (email.md §9.2).
    opened_human: 0,
    opened_proxy: 0,
    opened_machine: 0,
    opened_unsure: reactions.openers,
    opened_all: reactions.openers,
    clicked_human: 0,
    clicked_machine: 0,
    clicked_unsure: reactions.clickers,
    clicked_all: reactions.clickers,
    unsubscribed: ledger.unsubscribed,
    complained: ledger.complained,
    converted: 0,
  }
}

/** @throws 404 for a campaign that is missing or of another account. */
export const getCampaign = async (trx: Trx, accountId: string, id: string) => {
  const campaign = await findCampaign(trx, accountId, id)
  if (!campaign) throw notFound()
  return { ...campaign, status: campaign.status as Campaign['status'] }
}

/** Everything the report head says, read at one moment. */
export const readReport = (deps: Deps, accountId: string, id: string, now: Date): Promise<Report> =>
  inAccountSnapshot(deps.db, accountId, async (trx) => {
    const campaign = await getCampaign(trx, accountId, id)
    const accounting = await readAccounting(trx, accountId, id)
    const reactions = await countReactions(trx, accountId, id)
    const later = (await countLaterBounces(trx, accountId, id)).map(({ word, n }) => [word, n] as const)
    const counts = toCounts(accounting, await countLedgerFigures(trx, accountId, id), reactions, later)
    const as_of = now.toISOString()
    return {
      campaign_id: id,
      name: campaign.name,
      channel: 'email',
      status: campaign.status,
      simulated: campaign.simulated,
      as_of,
      started_at: campaign.started_at?.toISOString() ?? null,
      finished_at: campaign.finished_at?.toISOString() ?? null,
      accounting: { campaign_id: id, status: campaign.status, as_of, ...accounting },
      counts,
      totals: { opens_all: reactions.opens, opens_human: 0, clicks_all: reactions.clicks, clicks_human: 0 },
      revenue_minor: 0,
      currency: null,
      rates: ratesOf(counts, reactions.reacting),
      variants: [],
    }
  })
