import { bySystem, recordActOf } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notifyAdministrators } from '../../system-stream/index.ts'
import { switchOff } from './queries.ts'

/** Switches an endpoint off by itself, tells the administrators and the application log. What waits is kept for its time. */
export const disableEndpoint = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  id: string,
  reason: 'failing' | 'gone',
): Promise<void> => {
  await switchOff(trx, accountId, id, reason)
  await notifyAdministrators(trx, deps, {
    accountId,
    kind: 'webhook_disabled',
    values: { at: deps.clock.now() },
  })
  await recordActOf(trx, deps, bySystem(accountId), {
    action: 'webhook.disabled',
    type: 'webhook',
    id,
    reason,
    before: { enabled: true, disabled_reason: null },
    after: { enabled: false, disabled_reason: reason },
  })
}
