import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { uuidV7 } from '../lib/ids.ts'
import { mergeLimits } from './config.ts'
import { insertProvider } from './queries.ts'
import { insertRoute } from './routing/queries.ts'

/** A new account sends at once, into the built-in mailbox (sending.md §14). */
export const provideSimulator = async (
  trx: Trx,
  account: { readonly id: string },
  deps: Deps,
): Promise<void> => {
  const id = uuidV7(deps.clock.now())
  await insertProvider(trx, account.id, {
    id,
    channel: 'email',
    kind: 'simulator',
    name: 'Built-in mailbox',
    enabled: true,
    config: {},
    secretsSealed: null,
    limits: mergeLimits({}, undefined),
    shapeByReceiver: false,
    pool: 'any',
  })
  await insertRoute(trx, account.id, {
    id: uuidV7(deps.clock.now()),
    channel: 'email',
    traffic: 'any',
    country: null,
    receiving_domain: null,
    sender_id: null,
    mode: 'failover',
    providers: [{ provider_id: id }],
    enabled: true,
  })
}
