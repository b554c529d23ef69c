import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { pageLimit, readPosition, readTimePosition, toPage } from '../../http/page.ts'
import { shownEmail, shownText } from '../../http/personal-data.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { isUuid } from '../../lib/ids.ts'
import { listLedgerRows, readAccounting, readPace, toLedgerRow } from '../../messages/index.ts'
import { readCampaign } from '../campaign.ts'
import { findCampaign } from '../queries.ts'
import {
  cancelCampaign,
  getAccounting,
  getPace,
  type LedgerRow,
  listCampaignMessages,
  listJournal,
  pauseCampaign,
  resumeCampaign,
  scheduleCampaign,
  sendCampaign,
  throttleCampaign,
  unscheduleCampaign,
} from './contract.ts'
import { cancel, pause, resume, throttle } from './control.ts'
import { launchNow, schedule, unschedule } from './launch.ts'
import { type CampaignRun, campaignExists, listJournalRows } from './queries.ts'
import { getLocked } from './states.ts'

export const runRoutes = (scope: ServeScope): void => {
  actRoutes(scope)
  readRoutes(scope)
}

type RunAction =
  | 'campaign.started'
  | 'campaign.scheduled'
  | 'campaign.unscheduled'
  | 'campaign.paused'
  | 'campaign.resumed'
  | 'campaign.canceled'
  | 'campaign.throttle_changed'
type Overrides = readonly { readonly code: string; readonly reason: string }[] | undefined

/** What the acts on a run change. */
const runView = (run: CampaignRun) => ({
  status: run.status,
  status_reason: run.status_reason,
  planned_at: run.planned_at,
  hold_until: run.hold_until,
  throttle_per_hour: run.throttle_per_hour,
})

const actRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  /** One act in one transaction, with its record; the answer is the campaign as it is then. */
  const acting = (actor: Actor, id: string, action: RunAction, act: (trx: Trx) => Promise<void>) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const before = runView(await getLocked(trx, actor.accountId, id))
      await act(trx)
      const after = runView(await getLocked(trx, actor.accountId, id))
      const campaign = await readCampaign(trx, deps, actor.accountId, id)
      // With hold-back minutes a start is a plan that can still be stopped.
      const done =
        action === 'campaign.started' && after.status === 'scheduled' ? 'campaign.scheduled' : action
      await recordAct(trx, deps, actor, { action: done, type: 'campaign', id, before, after })
      return campaign
    })
  /** Whoever goes past a block of the pre-flight answers for it by name. */
  const overriding = async (trx: Trx, actor: Actor, id: string, overrides: Overrides): Promise<void> => {
    if (!overrides || overrides.length === 0) return
    const after = { overrides }
    await recordAct(trx, deps, actor, {
      action: 'campaign.preflight_overridden',
      type: 'campaign',
      id,
      after,
    })
  }
  serve(scope, sendCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, 'campaign.started', async (trx) => {
      await launchNow(trx, deps, actor, params.id, body)
      await overriding(trx, actor, params.id, body.preflight_overrides)
    }),
  )
  serve(scope, scheduleCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, 'campaign.scheduled', async (trx) => {
      await schedule(trx, deps, actor, params.id, body)
      await overriding(trx, actor, params.id, body.preflight_overrides)
    }),
  )
  serve(scope, unscheduleCampaign, ({ actor, params }) =>
    acting(actor, params.id, 'campaign.unscheduled', (trx) => unschedule(trx, actor, params.id)),
  )
  serve(scope, pauseCampaign, ({ actor, params }) =>
    acting(actor, params.id, 'campaign.paused', (trx) => pause(trx, actor, params.id)),
  )
  serve(scope, resumeCampaign, ({ actor, params }) =>
    acting(actor, params.id, 'campaign.resumed', (trx) => resume(trx, deps, actor, params.id)),
  )
  serve(scope, cancelCampaign, ({ actor, params }) =>
    acting(actor, params.id, 'campaign.canceled', (trx) => cancel(trx, deps, actor, params.id)),
  )
  serve(scope, throttleCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, 'campaign.throttle_changed', (trx) =>
      throttle(trx, actor, params.id, body.throttle_per_hour),
    ),
  )
}

/** Addresses are masked for those who may not see personal data. */
const presentRow = (row: Parameters<typeof toLedgerRow>[0], actor: Actor): LedgerRow => {
  const ledger = toLedgerRow(row) as LedgerRow
  const { address, answer } = ledger
  return {
    ...ledger,
    address: shownEmail(actor, address),
    answer: answer && { ...answer, text: shownText(actor, answer.text) },
  }
}

const movingStatuses: readonly string[] = ['preparing', 'testing', 'sending']

const readRoutes = (scope: ServeScope): void => {
  const { db } = scope.deps
  const requireCampaign = async (trx: Trx, accountId: string, id: string): Promise<void> => {
    if (!(await campaignExists(trx, accountId, id))) throw notFound()
  }
  serve(scope, getAccounting, ({ actor, params, now }) =>
    inAccount(db, actor.accountId, async (trx) => {
      const run = await findCampaign(trx, actor.accountId, params.id)
      if (!run) throw notFound()
      // A run at full speed is not read from end to end each time somebody looks.
      const precision = movingStatuses.includes(run.status) ? 'screen' : 'exact'
      const accounting = await readAccounting(trx, actor.accountId, params.id, precision)
      return { campaign_id: run.id, status: run.status as never, as_of: now.toISOString(), ...accounting }
    }),
  )
  serve(scope, getPace, ({ actor, params }) =>
    inAccount(db, actor.accountId, async (trx) => {
      await requireCampaign(trx, actor.accountId, params.id)
      return { data: await readPace(trx, actor.accountId, params.id) }
    }),
  )
  serve(scope, listCampaignMessages, ({ actor, params, query, now }) =>
    inAccount(db, actor.accountId, async (trx) => {
      await requireCampaign(trx, actor.accountId, params.id)
      const { limit: _limit, cursor: _cursor, ...filter } = query
      const bound = { campaign: params.id, ...filter }
      const after = readPosition(query, bound, now)?.[0]
      if (after !== undefined && !isUuid(String(after))) throw new AppError('invalid_cursor', 400)
      const limit = pageLimit(query)
      const rows = await listLedgerRows(
        trx,
        actor.accountId,
        params.id,
        filter,
        after ? String(after) : null,
        limit + 1,
      )
      return toPage(rows, {
        limit,
        filter: bound,
        now,
        position: (row) => [row.message_id],
        present: (row) => presentRow(row, actor),
      })
    }),
  )
  serve(scope, listJournal, ({ actor, params, query, now }) =>
    inAccount(db, actor.accountId, async (trx) => {
      await requireCampaign(trx, actor.accountId, params.id)
      const bound = { campaign: params.id }
      const limit = pageLimit(query)
      const rows = await listJournalRows(
        trx,
        actor.accountId,
        params.id,
        readTimePosition(query, bound, now),
        limit + 1,
      )
      return toPage(rows, {
        limit,
        filter: bound,
        now,
        position: (row) => [row.at.toISOString(), row.id],
        present: (row) => ({
          id: row.id,
          at: row.at.toISOString(),
          kind: row.kind,
          actor: row.actor as Record<string, unknown>,
          detail: row.detail as Record<string, unknown>,
        }),
      })
    }),
  )
}
