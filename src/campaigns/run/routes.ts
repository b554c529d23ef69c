import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { pageLimit, readPosition, readTimePosition, toPage } from '../../http/page.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { isUuid } from '../../lib/ids.ts'
import { maskEmail } from '../../lib/masking.ts'
import { listLedgerRows, readAccounting, toLedgerRow } from '../../messages/index.ts'
import { readCampaign } from '../campaign.ts'
import {
  cancelCampaign,
  getAccounting,
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
import { campaignExists, listJournalRows } from './queries.ts'
import { getLocked } from './states.ts'

export const runRoutes = (scope: ServeScope): void => {
  actRoutes(scope)
  readRoutes(scope)
}

const actRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  /** One act in one transaction; the answer is the campaign as it is then. */
  const acting = (actor: Actor, id: string, act: (trx: Trx) => Promise<void>) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      await act(trx)
      return readCampaign(trx, deps, actor.accountId, id)
    })
  serve(scope, sendCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, (trx) => launchNow(trx, deps, actor, params.id, body)),
  )
  serve(scope, scheduleCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, (trx) => schedule(trx, deps, actor, params.id, body)),
  )
  serve(scope, unscheduleCampaign, ({ actor, params }) =>
    acting(actor, params.id, (trx) => unschedule(trx, actor, params.id)),
  )
  serve(scope, pauseCampaign, ({ actor, params }) =>
    acting(actor, params.id, (trx) => pause(trx, actor, params.id)),
  )
  serve(scope, resumeCampaign, ({ actor, params }) =>
    acting(actor, params.id, (trx) => resume(trx, actor, params.id)),
  )
  serve(scope, cancelCampaign, ({ actor, params }) =>
    acting(actor, params.id, (trx) => cancel(trx, deps, actor, params.id)),
  )
  serve(scope, throttleCampaign, ({ actor, params, body }) =>
    acting(actor, params.id, (trx) => throttle(trx, actor, params.id, body.throttle_per_hour)),
  )
}

/** Addresses are masked for those who may not see personal data. */
const presentRow = (row: Parameters<typeof toLedgerRow>[0], actor: Actor): LedgerRow => {
  const ledger = toLedgerRow(row) as LedgerRow
  const visible = ledger.address === null || actor.permissions.has('contacts.personal_data.view')
  return visible ? ledger : { ...ledger, address: maskEmail(ledger.address ?? '') }
}

const readRoutes = (scope: ServeScope): void => {
  const { db } = scope.deps
  const requireCampaign = async (trx: Trx, accountId: string, id: string): Promise<void> => {
    if (!(await campaignExists(trx, accountId, id))) throw notFound()
  }
  serve(scope, getAccounting, ({ actor, params, now }) =>
    inAccount(db, actor.accountId, async (trx) => {
      const run = await getLocked(trx, actor.accountId, params.id)
      const accounting = await readAccounting(trx, actor.accountId, params.id)
      return { campaign_id: run.id, status: run.status as never, as_of: now.toISOString(), ...accounting }
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
