import { type Entitlements, effectiveEntitlements, listEntitlementOverrides } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import { type Floor, floors, type Method, methods } from './contract.ts'
import type { AccountMfaPolicy, MfaGrant } from './policy.ts'
import { type AccountSecurityRow, findAccountSecurity } from './queries.ts'

const isMethod = (value: unknown): value is Method => methods.some((method) => method === value)
const isFloor = (value: unknown): value is Floor => floors.some((floor) => floor === value)

/** What the operator says, from the entitlements of the account; what was never said grants every method and demands nothing. */
export const grantOf = (entitlements: Entitlements): MfaGrant => {
  const { mfa, mfa_methods: granted, mfa_floor: floor } = entitlements
  return {
    entitled: mfa === true,
    methods: Array.isArray(granted) ? granted.filter(isMethod) : methods,
    floor: isFloor(floor) ? floor : 'none',
  }
}

export const findGrant = async (trx: Trx, accountId: string): Promise<MfaGrant> =>
  grantOf(effectiveEntitlements(await listEntitlementOverrides(trx, accountId)))

const nothingAsked: AccountMfaPolicy = {
  require: 'optional',
  methods,
  trustedDeviceDays: 0,
  deviceBoundOwners: false,
  version: 0,
}

export const toPolicy = (row: AccountSecurityRow): AccountMfaPolicy => ({
  require: row.require as AccountMfaPolicy['require'],
  methods: row.methods.filter(isMethod),
  trustedDeviceDays: row.trusted_device_days as AccountMfaPolicy['trustedDeviceDays'],
  deviceBoundOwners: row.device_bound_owners,
  version: row.version,
})

export const findAccountPolicy = async (trx: Trx, accountId: string): Promise<AccountMfaPolicy> => {
  const row = await findAccountSecurity(trx, accountId)
  return row ? toPolicy(row) : nothingAsked
}

/** Staff of the operator: an authenticator app or a passkey, or passkeys alone (OPERATOR_FACTORS). */
export const staffPolicy = (operatorFactors: 'strong' | 'passkey'): AccountMfaPolicy => ({
  require: 'all',
  methods: operatorFactors === 'passkey' ? ['passkey'] : ['totp', 'passkey'],
  trustedDeviceDays: 0,
  deviceBoundOwners: false,
  version: 0,
})
