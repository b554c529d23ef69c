import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { BodyOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { conflict } from '../../../http/errors.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { holds } from '../../../lib/addresses/range-set.ts'
import { addMs, hoursMs } from '../../../lib/clock.ts'
import type { IpPolicy, putIpPolicy } from '../contract.ts'
import { warningsOf } from '../entry.ts'
import { listLiveExceptions } from '../exceptions/queries.ts'
import { judgeRules } from '../list-judgement.ts'
import { hasLiveRule, isLive, type Rules } from '../rules.ts'
import { changeRules } from './change.ts'
import { entryLimitOf } from './limit.ts'
import { listNames, listRoleIds, loadEntries, type PolicyRow, type StoredEntry } from './queries.ts'
import { loadRules } from './rollback.ts'
import { readSettled } from './settled.ts'

const warnBeforeMs = hoursMs(7 * 24)

/** When the last entry ends that covers the address, if that is within a week; null otherwise. */
export const endsSoon = (rules: Rules, value: bigint | null, now: Date): Date | null => {
  const covering = rules.entries.filter(
    (entry) =>
      value !== null && entry.scopes.includes('panel') && isLive(entry, now) && holds([entry], value),
  )
  const ends = covering.map((entry) => entry.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
  const last = Math.max(...ends)
  return covering.length > 0 && last <= addMs(now, warnBeforeMs).getTime() ? new Date(last) : null
}

const isInside = (
  rules: Rules,
  own: readonly StoredEntry[],
  asked: { value: bigint | null; role_ids: readonly string[]; now: Date },
): boolean => {
  const { value, now, role_ids } = asked
  const { closed, entry_id, role_lists, role_matches } = judgeRules(
    rules,
    { scope: 'panel', now, role_ids },
    value,
  )
  const personal = own.some(
    (entry) =>
      value !== null && entry.scopes.includes('panel') && isLive(entry, now) && holds([entry], value),
  )
  if (value === null && (closed || role_lists > 0)) return false
  return (!closed || entry_id !== null || personal) && role_lists === role_matches
}

type Warnings = IpPolicy['warnings']

const exceptionWarnings = async (trx: Trx, accountId: string): Promise<Warnings> => {
  const live = await listLiveExceptions(trx, accountId)
  const names = await listNames(
    trx,
    accountId,
    live.map((one) => one.user_id),
  )
  return live.map((one) => ({
    code: 'exception_live' as const,
    name: names.get(one.user_id) ?? '',
    address: one.address,
    until: one.expires_at.toISOString(),
  }))
}

const collectWarnings = async (
  trx: Trx,
  actor: Actor,
  rules: Rules,
  given: { stored: readonly StoredEntry[]; inside: boolean; now: Date },
): Promise<Warnings> => {
  const soon = rules.state === 'enforce' ? endsSoon(rules, numberOf(actor.where.address), given.now) : null
  const some = rules.entries.length + rules.roleEntries.length > 0
  return [
    ...(await exceptionWarnings(trx, actor.accountId)),
    ...(soon ? [{ code: 'ip_expiring' as const, until: soon.toISOString() }] : []),
    ...(some && rules.state !== 'enforce' ? [{ code: 'not_enforced' as const }] : []),
    ...(given.inside ? [] : [{ code: 'outside' as const }]),
    ...given.stored.flatMap((entry) => warningsOf(entry).map((code) => ({ code, entry_id: entry.id }))),
  ]
}

export const presentPolicy = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  policy: PolicyRow,
): Promise<IpPolicy> => {
  const { accountId, userId, where } = actor
  const now = deps.clock.now()
  const stored = await loadEntries(trx, accountId)
  const rules = await loadRules(trx, accountId, policy.state)
  const own = stored.filter((entry) => entry.targetUserId === userId)
  const role_ids = await listRoleIds(trx, accountId, userId)
  const inside = isInside(rules, own, { value: numberOf(where.address), role_ids, now })
  return {
    state: policy.state,
    on_session_mismatch: policy.on_session_mismatch,
    version: policy.version,
    pending_until: policy.pending_until?.toISOString() ?? null,
    pending_by: policy.pending_by,
    current_address: where.address,
    current_address_allowed: inside,
    entries: stored.length,
    entry_limit: entryLimitOf(actor),
    warnings: await collectWarnings(trx, actor, rules, { stored, inside, now }),
  }
}

export const readPolicy = (deps: Deps, actor: Actor): Promise<IpPolicy> =>
  inAccount(deps.db, actor.accountId, async (trx) =>
    presentPolicy(trx, deps, actor, await readSettled(trx, deps, actor.accountId)),
  )

/** Switches the list off, to report, or on; on needs something to enforce and leaves the caller inside. */
export const putPolicy = async (
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof putIpPolicy>,
  ifMatch: number | null,
): Promise<IpPolicy> => {
  const { state } = body
  await changeRules(deps, actor, { ifMatch, confirm: body.confirm }, async (_trx, rules, now) => {
    if (state === 'enforce' && !hasLiveRule(rules, now)) throw conflict('list_empty')
    const mismatch = body.on_session_mismatch
    return {
      after: { ...rules, state },
      ...(mismatch ? { onSessionMismatch: mismatch } : {}),
      onPrevious: (previous) => [previous],
      write: async () => {},
      log: {
        action: 'ip.policy_changed' as const,
        object: { type: 'ip_policy', id: actor.accountId },
        diff: {
          before: { state: rules.state },
          after: { state, ...(mismatch ? { on_session_mismatch: mismatch } : {}) },
        },
      },
      result: null,
    }
  })
  return readPolicy(deps, actor)
}
