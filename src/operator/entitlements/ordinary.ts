import {
  type Entitlements,
  effectiveEntitlements,
  fitsEntitlement,
  listEntitlementOverrides,
  ordinaryEntitlements,
} from '../../accounts/index.ts'
import { difference, record, recordElsewhere } from '../../audit/index.ts'
import { inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf, ReplyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField, unprocessable, versionConflict } from '../../http/errors.ts'
import { notifyAdministrators } from '../../system-stream/index.ts'
import { byStaff, inCustomer, type StaffWork } from '../work.ts'
import type { changeAccountEntitlements, getAccountEntitlements } from './contract.ts'
import { countUsed, deleteOverride, raiseEntitlementsVersion, writeOverride } from './queries.ts'

type Value = boolean | number | null
type Listed = ReplyOf<typeof getAccountEntitlements>

const listValues = async (trx: Trx, accountId: string): Promise<Listed['data']> => {
  const overrides = await listEntitlementOverrides(trx, accountId)
  const held: Entitlements = effectiveEntitlements(overrides)
  const used = await countUsed(trx, accountId)
  return ordinaryEntitlements.map((key) => ({
    key,
    value: (held[key] ?? null) as Value,
    source: key in overrides ? ('account' as const) : ('default' as const),
    used: used[key] ?? null,
  }))
}

export const readEntitlements = (work: StaffWork, id: string): Promise<Listed> =>
  inCustomer(work, id, async (trx, account) => ({
    data: await listValues(trx, id),
    version: account.entitlements_version,
  }))

export const readOwnEntitlements = (deps: Deps, actor: Actor) =>
  inAccount(deps.db, actor.accountId, async (trx) => ({
    account_id: actor.accountId,
    data: await listValues(trx, actor.accountId),
  }))

type Given = BodyOf<typeof changeAccountEntitlements>

const checkValues = (values: Given['values']): void => {
  for (const [key, value] of Object.entries(values)) {
    const pointer = `/values/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!ordinaryEntitlements.includes(key))
      throw invalidField(pointer, 'unknown_field', 'is not an entitlement')
    if (value !== null && !fitsEntitlement(key, value))
      throw invalidField(pointer, 'wrong_type', 'does not fit this entitlement')
  }
}

const termsOf = (given: Given, now: Date) => {
  const validUntil = given.valid_until ? new Date(given.valid_until) : null
  if (validUntil !== null && validUntil <= now) throw unprocessable('expiry_invalid')
  return { validUntil, note: given.note ?? null }
}

const toRecord = (listed: Listed['data']) => Object.fromEntries(listed.map(({ key, value }) => [key, value]))

/** What was on and is off now: administrators hear of it, because their pages go grey. */
const tellWithdrawn = async (trx: Trx, work: StaffWork, accountId: string, keys: readonly string[]) => {
  for (const key of keys)
    await notifyAdministrators(trx, work.deps, { accountId, kind: 'entitlement_withdrawn', values: { key } })
}

export const changeEntitlements = (
  work: StaffWork,
  id: string,
  given: Given,
  ifMatch: number | null,
): Promise<Listed> => {
  checkValues(given.values)
  const terms = termsOf(given, work.now)
  return inCustomer(
    work,
    id,
    async (trx, account) => {
      if (ifMatch !== null && ifMatch !== account.entitlements_version) throw versionConflict()
      const before = toRecord(await listValues(trx, id))
      for (const [key, value] of Object.entries(given.values)) {
        if (value === null) await deleteOverride(trx, id, key)
        else await writeOverride(trx, id, key, value, terms)
      }
      const version = await raiseEntitlementsVersion(trx, id)
      const data = await listValues(trx, id)
      const after = toRecord(data)
      const off = Object.keys(after).filter((key) => before[key] === true && after[key] === false)
      await tellWithdrawn(trx, work, id, off)
      const entry = {
        action: 'entitlement.changed',
        object: { type: 'account', id },
        diff: difference(before, after),
      } as const
      await record(trx, work.deps, byStaff(work.actor, id), entry)
      await recordElsewhere(trx, work.deps, byStaff(work.actor, instanceAccountId), entry)
      return { data, version }
    },
    'change',
  )
}
