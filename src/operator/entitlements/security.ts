import { effectiveEntitlements, listEntitlementOverrides } from '../../accounts/index.ts'
import { difference, record, recordElsewhere } from '../../audit/index.ts'
import { instanceAccountId, type Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { unprocessable, versionConflict } from '../../http/errors.ts'
import { endUnmetSessions } from '../../security/index.ts'
import { type Method, methods } from '../../security/mfa/contract.ts'
import { defaultSmsCountries, notifyAdministrators, smsAccountDayDefault } from '../../system-stream/index.ts'
import { byStaff, inCustomer, type StaffWork } from '../work.ts'
import type { changeSecurityEntitlements, SecurityEntitlements } from './contract.ts'
import { listMfaChoices, raiseEntitlementsVersion, writeOverride } from './queries.ts'

type Values = Omit<SecurityEntitlements, 'version'>

const isFloor = (value: unknown): value is Values['mfa_floor'] =>
  value === 'none' || value === 'admins' || value === 'all'

const valuesOf = async (trx: Trx, accountId: string): Promise<Values> => {
  const held = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
  const granted = held['mfa_methods']
  const countries = held['sms_countries']
  const floor = held['mfa_floor']
  return {
    mfa: held['mfa'] === true,
    mfa_methods: methods.filter((method) => Array.isArray(granted) && granted.includes(method)),
    mfa_floor: isFloor(floor) ? floor : 'none',
    sms_countries: Array.isArray(countries) ? countries.map(String) : [...defaultSmsCountries],
    sms_daily_budget: Number(held['sms_daily_budget'] ?? smsAccountDayDefault),
    ip_entry_limit: Number(held['ip_entry_limit']),
  }
}

export const readSecurityEntitlements = (work: StaffWork, id: string): Promise<SecurityEntitlements> =>
  inCustomer(work, id, async (trx, account) => ({
    ...(await valuesOf(trx, id)),
    version: account.entitlements_version,
  }))

/** A setting is met by its method and by every stronger one. */
const meets = (setting: string): readonly Method[] =>
  methods.slice(Math.max(0, (methods as readonly string[]).indexOf(setting)))

/** @throws AppError 422 `methods_empty`: an empty intersection is refused at save and never means "no factor". */
const checkMethods = async (trx: Trx, accountId: string, granted: readonly Method[]): Promise<void> => {
  const chosen = await listMfaChoices(trx, accountId)
  const left = granted.filter((method) => chosen.methods === null || chosen.methods.includes(method))
  if (left.length === 0) throw unprocessable('methods_empty')
  const without = chosen.users.filter(
    ({ setting }) => !meets(setting).some((method) => left.includes(method)),
  )
  if (without.length > 0) throw unprocessable('methods_empty', '', { users: without.map(({ id }) => id) })
}

export const changeSecurity = (
  work: StaffWork,
  id: string,
  given: BodyOf<typeof changeSecurityEntitlements>,
  ifMatch: number | null,
): Promise<SecurityEntitlements> =>
  inCustomer(
    work,
    id,
    async (trx, account) => {
      if (ifMatch !== account.entitlements_version) throw versionConflict()
      if (given.mfa_methods) await checkMethods(trx, id, given.mfa_methods)
      const before = await valuesOf(trx, id)
      for (const [key, value] of Object.entries(given))
        await writeOverride(trx, id, key, value, { validUntil: null, note: null })
      const version = await raiseEntitlementsVersion(trx, id)
      const after = await valuesOf(trx, id)
      await endUnmetSessions(trx, work.deps, id)
      if (before.mfa && !after.mfa)
        await notifyAdministrators(trx, work.deps, {
          accountId: id,
          kind: 'entitlement_withdrawn',
          values: { key: 'mfa' },
        })
      const entry = {
        action: 'entitlement.changed',
        object: { type: 'account', id },
        diff: difference(before, after),
      } as const
      await record(trx, work.deps, byStaff(work.actor, id), entry)
      await recordElsewhere(trx, work.deps, byStaff(work.actor, instanceAccountId), entry)
      return { ...after, version }
    },
    'change',
  )
