import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { JobHandler } from '../../jobs/index.ts'
import { isLocal } from '../../providers/index.ts'
import { readDomainName, sendingFaults } from '../../sender-domains/index.ts'
import { findCampaign } from '../queries.ts'
import { type CampaignRun, lockCampaign } from '../run/queries.ts'
import { bySystem, moveRun } from '../run/states.ts'
import { statusDetail } from '../run/status-detail.ts'
import { listOpenFromDomain } from '../used-in/queries.ts'

export const senderLost = 'sender_lost'

/** Whether the sender's domain keeps mail from leaving; on the way to the built-in mailbox or a local relay none does. */
export const isSenderLost = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  senderEmail: string,
): Promise<boolean> => {
  if (await isLocal(trx, { accountId, channel: 'email' })) return false
  return (await sendingFaults(trx, deps, accountId, senderEmail)).includes('sender_not_authorized')
}

/** The same of a run that was paused for it. */
export const isRunWithoutSender = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<boolean> => {
  const sender = (await findCampaign(trx, run.account_id, run.id))?.sender_email
  return !sender || isSenderLost(trx, deps, run.account_id, sender)
}

const stop = async (trx: Trx, run: CampaignRun): Promise<void> => {
  if (run.status === 'scheduled') {
    const change = { status: 'held', status_reason: 'preflight_changed' }
    const detail = { reason: 'preflight_changed', checks: ['sender_not_authorized'] }
    return moveRun(trx, run, change, { kind: 'held', by: bySystem, detail })
  }
  if (!['preparing', 'testing', 'sending'].includes(run.status)) return
  await moveRun(
    trx,
    run,
    { status: 'paused', status_reason: senderLost, status_detail: statusDetail({}), gate: 'closed' },
    { kind: 'paused', by: bySystem, detail: { cause: senderLost } },
  )
}

/** A domain broke: what waits is held, what runs is paused (email.md §2.3, sending.md §4.3). */
export const stopForLostDomain: JobHandler = async (deps, { account_id: accountId, id: domainId }) =>
  inAccount(deps.db, accountId, async (trx) => {
    const domain = await readDomainName(trx, accountId, domainId)
    if (domain === null) return
    for (const { id, sender } of await listOpenFromDomain(trx, accountId, domain)) {
      const run = await lockCampaign(trx, accountId, id)
      if (run && (await isSenderLost(trx, deps, accountId, sender))) await stop(trx, run)
    }
  })
