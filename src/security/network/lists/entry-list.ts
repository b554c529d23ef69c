import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { QueryOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { pageById } from '../../../http/id-page.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import type { IpEntry, listIpEntries } from '../contract.ts'
import { sizeOf } from '../entry.ts'
import { listNames, loadEntries, type PolicyRow, type StoredEntry } from './queries.ts'
import { readSettled } from './settled.ts'

const present = (entry: StoredEntry, names: ReadonlyMap<string, string>, address: string | null): IpEntry => {
  const value = numberOf(address)
  const { createdBy, targetUserId } = entry
  return {
    id: entry.id,
    address: entry.canonical,
    input: entry.input,
    kind: entry.kind,
    size: String(sizeOf(entry)),
    label: entry.label,
    scopes: [...entry.scopes],
    target: targetUserId === null ? { type: 'account' } : { type: 'user', user_id: targetUserId },
    expires_at: entry.expiresAt?.toISOString() ?? null,
    created_by: createdBy === null ? null : { id: createdBy, name: names.get(createdBy) ?? '' },
    created_at: entry.createdAt.toISOString(),
    contains_caller: value !== null && entry.lo <= value && value <= entry.hi,
  }
}

const makersOf = (entries: readonly StoredEntry[]): readonly string[] => [
  ...new Set(entries.flatMap((entry) => entry.createdBy ?? [])),
]

export const presentEntry = async (trx: Trx, actor: Actor, entry: StoredEntry): Promise<IpEntry> =>
  present(entry, await listNames(trx, actor.accountId, makersOf([entry])), actor.where.address)

export const markOf = (policy: PolicyRow) => ({
  state: policy.state,
  version: policy.version,
  pending_until: policy.pending_until?.toISOString() ?? null,
})

const fits = (entry: StoredEntry, query: QueryOf<typeof listIpEntries>): boolean =>
  (query.scope === undefined || entry.scopes.includes(query.scope)) &&
  (query.target === undefined || (query.target === 'user') === (entry.targetUserId !== null)) &&
  (query.user_id === undefined || entry.targetUserId === query.user_id)

/** Newest first; the version of the whole policy stands with it. */
export const listEntries = (deps: Deps, actor: Actor, query: QueryOf<typeof listIpEntries>, now: Date) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { version } = await readSettled(trx, deps, actor.accountId)
    const all = (await loadEntries(trx, actor.accountId)).filter((entry) => fits(entry, query)).toReversed()
    const names = await listNames(trx, actor.accountId, makersOf(all))
    const { limit: _limit, cursor: _cursor, ...filter } = query
    const page = await pageById(
      query,
      filter,
      now,
      async (after, limit) => all.filter((entry) => after === null || entry.id < after).slice(0, limit),
      (entry) => present(entry, names, actor.where.address),
    )
    return { ...page, version }
  })
