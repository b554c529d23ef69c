import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { JobPayload } from '../../jobs/index.ts'
import { notify } from '../../live/index.ts'
import { takeDmarcReport } from '../../sender-domains/index.ts'
import { takeReport } from '../reports/take.ts'
import { takeUnsubscribe } from './mailto.ts'
import { findAggregateReport, type InboundMail, lockUnreadMail, markRead } from './queries.ts'
import { toReport } from './report.ts'

const readOne = async (trx: Trx, deps: Deps, mail: InboundMail): Promise<void> => {
  if (mail.purpose === 'unsubscribe') await takeUnsubscribe(trx, deps, mail)
  if (mail.purpose !== 'return_path') return
  await takeReport(trx, deps, mail.account_id, await toReport(trx, deps, mail))
  await notify(trx, mail.account_id, 'bounce')
}

/** Has transactions of its own, since a report may be about a domain that another account holds; twice is once there. */
const readAggregate = async (deps: Deps, accountId: string, id: string): Promise<void> => {
  const raw = await inAccount(deps.db, accountId, (trx) => findAggregateReport(trx, accountId, id))
  if (!raw) return
  await takeDmarcReport(deps, raw).catch((error: unknown) =>
    deps.log.warn({ err: error, mail: id }, 'an aggregate report could not be read'),
  )
}

/** The job of each stored mail: its effects and the mark that it was read commit together, so that twice is once. */
export const readInboundMail = async (
  deps: Deps,
  { account_id: accountId, id }: JobPayload,
): Promise<void> => {
  await readAggregate(deps, accountId, id)
  await inAccount(deps.db, accountId, async (trx) => {
    const mail = await lockUnreadMail(trx, accountId, id)
    if (!mail) return
    await readOne(trx, deps, mail)
    await markRead(trx, accountId, id)
  })
}
