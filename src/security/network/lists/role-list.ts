import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { BodyOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { conflict, notFound, unprocessable } from '../../../http/errors.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import type { putRoleIpList } from '../contract.ts'
import { type EntryRules, entryRules, readEntry, refuseWideUnion, sizeOf } from '../entry.ts'
import { listOfRole, type RoleEntry, type Rules } from '../rules.ts'
import { changeRules } from './change.ts'
import { readExpiry } from './entries.ts'
import { entryLimitOf } from './limit.ts'
import { loadRoleEntries, replaceRoleEntries, roleExists } from './queries.ts'
import { readSettled } from './settled.ts'

type Given = BodyOf<typeof putRoleIpList>['addresses']

const mustExist = (actor: Actor, roleId: string) => async (trx: Trx) => {
  if (!(await roleExists(trx, actor.accountId, roleId))) throw notFound()
}

const refuseTwins = (entries: readonly RoleEntry[]): void => {
  for (const [index, entry] of entries.entries()) {
    const twin = entries.slice(0, index).find((one) => one.lo === entry.lo && one.hi === entry.hi)
    if (twin) throw conflict('duplicate', '', { pointer: `/addresses/${index}/address` })
  }
}

const readList = (given: Given, rules: EntryRules, of: { actor: Actor; roleId: string; now: Date }) => {
  const entries = given.map(({ address, label, expires_at }, index): RoleEntry => {
    const pointer = `/addresses/${index}`
    const { lo, hi, family, kind, input, canonical } = readEntry(address, rules, `${pointer}/address`)
    return {
      id: uuidV7(of.now),
      roleId: of.roleId,
      lo,
      hi,
      family,
      kind,
      input,
      canonical,
      label: label || null,
      expiresAt: readExpiry(expires_at, of.now, `${pointer}/expires_at`),
      createdBy: of.actor.userId,
      createdAt: of.now,
    }
  })
  refuseTwins(entries)
  refuseWideUnion(entries)
  return entries
}

const withList = (rules: Rules, roleId: string, entries: readonly RoleEntry[]): Rules => ({
  ...rules,
  roleEntries: [...rules.roleEntries.filter((entry) => entry.roleId !== roleId), ...entries],
})

const logged = (entries: readonly RoleEntry[]) => ({ addresses: entries.map((entry) => entry.canonical) })

export const presentRoleList = (entries: readonly RoleEntry[], address: string | null, version: number) => {
  const value = numberOf(address)
  return {
    data: entries.map((entry) => ({
      id: entry.id,
      address: entry.canonical,
      input: entry.input,
      kind: entry.kind,
      size: String(sizeOf(entry)),
      label: entry.label,
      expires_at: entry.expiresAt?.toISOString() ?? null,
      contains_caller: value !== null && entry.lo <= value && value <= entry.hi,
    })),
    version,
  }
}

export const putRoleList = async (
  deps: Deps,
  actor: Actor,
  roleId: string,
  body: BodyOf<typeof putRoleIpList>,
  ifMatch: number | null,
) => {
  const wish = { ifMatch, confirm: body.confirm, exists: mustExist(actor, roleId) } as const
  const { policy, result } = await changeRules(deps, actor, wish, async (_trx, rules, now) => {
    const entries = readList(body.addresses, entryRules(deps.config), { actor, roleId, now })
    const after = withList(rules, roleId, entries)
    const limit = entryLimitOf(actor)
    if (after.roleEntries.length > limit) throw unprocessable('limit', '', { limit })
    return {
      after,
      onPrevious: (previous) => [withList(previous, roleId, entries)],
      write: (inner) => replaceRoleEntries(inner, actor.accountId, roleId, entries),
      log: {
        action: 'ip.role_list_changed' as const,
        object: { type: 'role', id: roleId },
        diff: { before: logged(listOfRole(rules, roleId)), after: logged(entries) },
      },
      result: entries,
    }
  })
  return presentRoleList(result, actor.where.address, policy.version)
}

export const readRoleList = (deps: Deps, actor: Actor, roleId: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const policy = await readSettled(trx, deps, actor.accountId)
    await mustExist(actor, roleId)(trx)
    const entries = (await loadRoleEntries(trx, actor.accountId)).filter((entry) => entry.roleId === roleId)
    return presentRoleList(entries, actor.where.address, policy.version)
  })
