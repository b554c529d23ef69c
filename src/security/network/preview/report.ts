import { inAccount } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { ReplyOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { formatValue, numberOf } from '../../../lib/addresses/bytes.ts'
import { holds } from '../../../lib/addresses/range-set.ts'
import type { getIpReport } from '../contract.ts'
import { type EntryRules, entryRules, parseEntry } from '../entry.ts'
import { loadRules } from '../lists/rollback.ts'
import { readSettled } from '../lists/settled.ts'
import { isLive, ofScope } from '../rules.ts'
import { listDenials, listSignInAddresses } from './queries.ts'

const nobody = '00000000-0000-0000-0000-000000000000'
const proposalsMax = 50

type Used = Awaited<ReturnType<typeof listSignInAddresses>>
type Proposal = ReplyOf<typeof getIpReport>['proposals'][number]

/** IPv6 privacy addresses rotate within their /64, so that is what is proposed. */
const networkOf = (address: string, value: bigint): string =>
  address.includes(':') ? `${formatValue((value >> 64n) << 64n)}/64` : address

const propose = (used: Used, rules: EntryRules, isListed: (value: bigint) => boolean): Proposal[] => {
  const found = new Map<string, { sign_ins: number; people: Set<string> }>()
  for (const { address, user_id, hits } of used) {
    const value = numberOf(address)
    if (value === null || isListed(value)) continue
    const network = networkOf(address, value)
    if ('refused' in parseEntry(network, rules)) continue
    const known = found.get(network) ?? { sign_ins: 0, people: new Set<string>() }
    known.sign_ins += hits
    known.people.add(user_id)
    found.set(network, known)
  }
  return [...found]
    .map(([address, { sign_ins, people }]) => ({ address, sign_ins, users: people.size }))
    .toSorted((a, b) => b.sign_ins - a.sign_ins)
    .slice(0, proposalsMax)
}

export const readReport = (deps: Deps, actor: Actor): Promise<ReplyOf<typeof getIpReport>> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const policy = await readSettled(trx, deps, actor.accountId)
    const rules = await loadRules(trx, actor.accountId, policy.state)
    const now = deps.clock.now()
    const listed = ofScope(rules, 'panel').filter((entry) => isLive(entry, now))
    const denials = await listDenials(trx, actor.accountId)
    const used = await listSignInAddresses(trx, actor.accountId)
    return {
      denials: denials.map((one) => ({
        address: one.address,
        scope: one.scope,
        user_id: one.user_id === nobody ? null : one.user_id,
        hits: one.hits,
        first_at: one.first_at.toISOString(),
        last_at: one.last_at.toISOString(),
      })),
      proposals: propose(used, entryRules(deps.config), (value) => holds(listed, value)),
    }
  })
