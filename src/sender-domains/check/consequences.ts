import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue } from '../../jobs/index.ts'
import { notify } from '../../live/index.ts'
import { notifyAdministrators } from '../../system-stream/index.ts'
import type { DomainRow } from '../queries.ts'
import type { DomainState } from '../state.ts'

type Change = { readonly before: DomainState; readonly after: DomainState }

/** Open pages hear of every check; people, and the campaigns that count on the domain, of its loss. */
export const tellOfChange = async (
  trx: Trx,
  deps: Deps,
  { account_id: accountId, id, domain }: DomainRow,
  { before, after }: Change,
): Promise<void> => {
  await notify(trx, accountId, 'sender_domain', id)
  if (after !== 'broken' || before === 'broken') return
  await notifyAdministrators(trx, deps, { accountId, kind: 'sender_domain_broken', values: { domain } })
  await enqueue(trx, 'sender_domain_lost', { account_id: accountId, id })
}
