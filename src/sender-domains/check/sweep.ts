import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue, type JobHandler } from '../../jobs/index.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { listDueDomains, takeDueDomain } from '../queries.ts'
import { rotateDue } from '../rotation.ts'
import { checkDomain } from './check.ts'

/** A check that died with its process is due again after this. */
const leaseMs = minutesMs(10)

/** Part of the sweep: every due domain is checked by one job of one node. */
export const sweepSenderDomains = async (deps: Deps): Promise<void> => {
  for (const { account_id: accountId, domain_id: id } of await listDueDomains(deps.db)) {
    await inAccount(deps.db, accountId, async (trx) => {
      const leaseUntil = addMs(deps.clock.now(), leaseMs)
      if (await takeDueDomain(trx, accountId, id, leaseUntil))
        await enqueue(trx, 'check_sender_domain', { account_id: accountId, id })
    })
  }
}

export const checkSenderDomainJob: JobHandler = async (deps, { account_id: accountId, id }) => {
  await checkDomain(deps, accountId, id)
  await rotateDue(deps, accountId, id)
}
