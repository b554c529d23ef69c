import { recordAct } from '../../audit/index.ts'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, invalidField, notFound } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { requirePersonalData, seesPersonalData, shownEmail, shownText } from '../../http/personal-data.ts'
import { notify } from '../../live/index.ts'
import type { BounceReport } from './contract.ts'
import {
  findRaw,
  findReport,
  listReports,
  lockReport,
  type ReportFilter,
  type ReportRow,
  settleReport,
} from './queries.ts'
import { applyReport, stateOf } from './take.ts'

const rawCharsMax = 100_000
const groupNames = { hard: 'HARDBOUNCE', soft: 'SOFTBOUNCE', block: 'SPAMBOUNCE' } as const

const shownAs = (row: ReportRow): BounceReport['shown_as'] => {
  if (row.kind === 'complaint') return 'FEEDBACK'
  return row.kind === 'bounce' && row.class !== null ? groupNames[bounceGroupOf(row.class)] : null
}

const toReport = (actor: Actor, row: ReportRow): BounceReport => ({
  id: row.id,
  received_at: row.received_at.toISOString(),
  source: row.source,
  kind: row.kind,
  state: row.state,
  shown_as: shownAs(row),
  class: row.class,
  code: row.code || null,
  text: shownText(actor, row.text || null),
  address: shownEmail(actor, row.address),
  receiver: row.receiver,
  subject: shownText(actor, row.subject || null),
  message_id: row.message_id,
  campaign_id: row.campaign_name === null ? null : row.source_id,
  campaign_name: row.campaign_name,
  contact_id: row.contact_id,
  provider_id: row.provider_id,
  provider_ref: row.provider_ref,
  rule_id: row.rule_id,
  has_raw: row.has_raw,
})

export const listReportPage = (deps: Deps, actor: Actor, query: PageQuery & ReportFilter, now: Date) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { limit: _limit, cursor: _cursor, ...filter } = query
    if (filter.address !== undefined) requirePersonalData(actor)
    return pageById(
      query,
      ['bounces', filter],
      now,
      (after, limit) => listReports(trx, actor.accountId, filter, after, limit),
      (row) => toReport(actor, row),
    )
  })

export const readReport = (deps: Deps, actor: Actor, id: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await findReport(trx, actor.accountId, id)
    if (!row) throw notFound()
    const raw = seesPersonalData(actor) ? await findRaw(trx, actor.accountId, row.raw_ref) : null
    const text = raw?.subarray(0, rawCharsMax * 2).toString('utf8')
    return {
      ...toReport(actor, row),
      raw: text?.replaceAll('\u0000', '').toWellFormed().slice(0, rawCharsMax) ?? null,
    }
  })

const lockOpen = async (trx: Trx, accountId: string, id: string): Promise<ReportRow> => {
  const row = await lockReport(trx, accountId, id)
  if (!row) throw notFound()
  if (row.state !== 'unassigned' && row.state !== 'waiting') throw conflict('not_pending')
  return row
}

const settled = async (trx: Trx, deps: Deps, actor: Actor, row: ReportRow): Promise<BounceReport> => {
  const changed = await findReport(trx, actor.accountId, row.id)
  if (!changed) throw notFound()
  await notify(trx, actor.accountId, 'bounce', row.id)
  const { id, state: before } = row
  const { state, message_id } = changed
  await recordAct(trx, deps, actor, {
    action: 'bounce.reclassified',
    type: 'bounce_report',
    id,
    before: { state: before },
    after: { state, message_id },
  })
  return toReport(actor, changed)
}

/** Matches a report by hand; from then on it counts as any other. */
export const assignReport = (
  deps: Deps,
  actor: Actor,
  id: string,
  messageId: string,
): Promise<BounceReport> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await lockOpen(trx, accountId, id)
    const report = {
      source: row.source,
      kind: row.kind,
      rawRef: row.raw_ref,
      providerId: row.provider_id,
      providerRef: row.provider_ref,
      messageId,
      address: row.address,
      class: row.class,
      code: row.code,
      text: row.text,
      ruleId: row.rule_id,
      subject: row.subject,
    }
    const outcome = await applyReport(trx, deps, accountId, report)
    if (outcome === 'unknown') throw invalidField('/message_id', 'not_in_list', 'there is no such message')
    await settleReport(trx, accountId, id, stateOf(outcome, report), messageId, actor.userId)
    return settled(trx, deps, actor, row)
  })

export const discardReport = (deps: Deps, actor: Actor, id: string): Promise<BounceReport> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await lockOpen(trx, actor.accountId, id)
    await settleReport(trx, actor.accountId, id, 'discarded', row.message_id, actor.userId)
    return settled(trx, deps, actor, row)
  })
