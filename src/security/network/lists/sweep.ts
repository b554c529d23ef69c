import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { holds } from '../../../lib/addresses/range-set.ts'
import { notify } from '../../../system-stream/index.ts'
import { administratorsOf } from '../../roles/grants.ts'
import { listPeople } from '../preview/queries.ts'
import type { Rules } from '../rules.ts'
import { endsSoon } from './policy.ts'
import { listDuePolicies, listNoticedEntries, lockPolicy, markExpiryJudged } from './queries.ts'
import { loadRules, settle } from './rollback.ts'

/** Entries that cover the address and were not spoken of yet. */
const unspoken = (rules: Rules, value: bigint, noticed: ReadonlySet<string>): readonly string[] =>
  rules.entries
    .filter((entry) => entry.expiresAt && !noticed.has(entry.id) && holds([entry], value))
    .map((entry) => entry.id)

/** Administrators whose every entry ends within a week hear of it, once for each entry (security.md §2.6). */
const warnOfExpiry = async (trx: Trx, deps: Deps, accountId: string, rules: Rules): Promise<void> => {
  const noticed = await listNoticedEntries(trx, accountId)
  const people = new Map((await listPeople(trx, accountId)).map((one) => [one.id, one.last_address]))
  const spoken = new Set<string>()
  for (const { userId } of await administratorsOf(trx, accountId)) {
    const value = numberOf(people.get(userId) ?? null)
    const expiresAt = endsSoon(rules, value, deps.clock.now())
    const fresh = value === null || !expiresAt ? [] : unspoken(rules, value, noticed)
    if (!expiresAt || fresh.length === 0) continue
    await notify(trx, deps, { accountId, userId, kind: 'ip_expiring', values: { expiresAt } })
    for (const id of fresh) spoken.add(id)
  }
  await markExpiryJudged(trx, accountId, [...spoken])
}

/** Makes roll-backs real whose time is over, and warns of entries that end. */
export const sweepNetworks = async (deps: Deps): Promise<void> => {
  for (const accountId of await listDuePolicies(deps.db)) {
    await inAccount(deps.db, accountId, async (trx) => {
      const policy = await settle(trx, deps, accountId, await lockPolicy(trx, accountId))
      if (policy.state !== 'enforce') return
      await warnOfExpiry(trx, deps, accountId, await loadRules(trx, accountId, policy.state))
    })
  }
}
