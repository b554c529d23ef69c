import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { getDomain } from './domain.ts'
import { serviceRecords } from './records/expected.ts'
import { listKeys, listRecords } from './records/queries.ts'
import { shapeOf } from './records/sync.ts'
import { writeZonefile } from './records/zonefile.ts'

/** What the account publishes, or in delegated mode what the operator does below the service domain. */
export const readZonefile = (
  deps: Deps,
  actor: Actor,
  id: string,
  part: 'domain' | 'service' = 'domain',
): Promise<{ name: string; text: string }> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await getDomain(trx, actor.accountId, id)
    const records =
      part === 'service'
        ? serviceRecords(shapeOf(row), await listKeys(trx, actor.accountId, id), deps.config)
        : (await listRecords(trx, actor.accountId, id)).filter(({ retired_until }) => retired_until === null)
    return { name: `${row.domain}.zone`, text: writeZonefile(row.domain, records) }
  })
