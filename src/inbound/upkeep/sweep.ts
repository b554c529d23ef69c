import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue } from '../../jobs/index.ts'
import { notify } from '../../live/index.ts'
import { dropOldMails, listUnreadMails } from '../mails/queries.ts'
import { dropOldCalls, dropOldKeys, listUnreadCalls } from '../receipts/queries.ts'
import {
  dropOldReports,
  lockWaitingReports,
  type ReportState,
  settleReport,
  type WaitingReport,
} from '../reports/queries.ts'
import { applyReport, stateOf } from '../reports/take.ts'
import { listAccountsWithWork } from './queries.ts'

const reportsAtOnce = 200

const lookAgain = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  row: WaitingReport,
): Promise<ReportState> => {
  const report = {
    source: row.source,
    kind: row.kind,
    rawRef: row.raw_ref,
    providerId: row.provider_id,
    providerRef: row.provider_ref,
    messageId: row.message_id,
    address: row.address,
    class: row.class,
    code: row.code,
    text: row.text,
    ruleId: row.rule_id,
    subject: row.subject,
  }
  const { messageId } = report
  const state =
    messageId === null
      ? 'waiting'
      : stateOf(await applyReport(trx, deps, accountId, { ...report, messageId }), report)
  if (state !== 'waiting' || !row.overdue) return state
  // That a message arrived is news to nobody who does not know the message.
  return row.kind === 'delivered' ? 'ignored' : 'unassigned'
}

const matchAgain = (deps: Deps, accountId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    const rows = await lockWaitingReports(trx, accountId, reportsAtOnce)
    for (const row of rows) {
      const state = await lookAgain(trx, deps, accountId, row)
      await settleReport(trx, accountId, row.id, state, row.message_id)
    }
    if (rows.length > 0) await notify(trx, accountId, 'bounce')
  })

/** A job that was lost with its queue: what was stored is read all the same. */
const readLeftOvers = (deps: Deps, accountId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    for (const id of await listUnreadMails(trx, accountId))
      await enqueue(trx, 'read_inbound_mail', { account_id: accountId, id })
    for (const id of await listUnreadCalls(trx, accountId))
      await enqueue(trx, 'read_receipt_call', { account_id: accountId, id })
  })

const dropOld = (deps: Deps, accountId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    await dropOldReports(trx, accountId)
    await dropOldMails(trx, accountId)
    await dropOldCalls(trx, accountId)
    await dropOldKeys(trx, accountId)
  })

/** Part of the sweep: reports look for their messages again, what is left unread is read, what is old goes. */
export const sweepInbound = async (deps: Deps): Promise<void> => {
  for (const accountId of await listAccountsWithWork(deps.db)) {
    await matchAgain(deps, accountId)
    await readLeftOvers(deps, accountId)
    await dropOld(deps, accountId)
  }
}
