import { type Floor, type Method, methods, type Requirement, type Setting } from './contract.ts'

/** What the operator grants and demands of an account (security.md §3.1, §5.9). */
export type MfaGrant = {
  readonly entitled: boolean
  readonly methods: readonly Method[]
  readonly floor: Floor
}

export type AccountMfaPolicy = {
  readonly require: Requirement
  readonly methods: readonly Method[]
  readonly trustedDeviceDays: 0 | 1 | 7 | 30
  readonly deviceBoundOwners: boolean
  readonly version: number
}

export type PolicyUser = {
  readonly setting: Setting
  readonly administrator: boolean
  /** Staff of the operator: always required, never by mail or SMS. */
  readonly staff: boolean
}

/** Only what the decision needs of a factor; a disabled one still tells that the person chose to be asked. */
export type PolicyFactor = { readonly type: Method; readonly state: 'active' | 'unverified' | 'disabled' }

export type Origin = 'operator' | 'account' | 'user' | 'own_factor' | 'none'
export type Resolved = {
  readonly required: boolean
  readonly by: Origin
  /** What meets the requirement, weakest first; never empty. */
  readonly methods: readonly Method[]
  readonly setting: Setting
}

export const strengthOf = (method: Method): number => methods.indexOf(method)
export const isStrong = (method: Method): boolean => method === 'totp' || method === 'passkey'
export const strongMethods: readonly Method[] = methods.filter(isStrong)

/** A setting is met by any factor that is not weaker; `own_choice` by any. */
const acceptedBy = (setting: Setting): readonly Method[] =>
  setting === 'off' || setting === 'own_choice'
    ? methods
    : methods.filter((method) => strengthOf(method) >= strengthOf(setting))

export const allowedMethods = (
  grant: Pick<MfaGrant, 'methods'>,
  account: Pick<AccountMfaPolicy, 'methods'>,
): readonly Method[] =>
  methods.filter((method) => grant.methods.includes(method) && account.methods.includes(method))

const covers = (scope: Floor | Requirement, user: PolicyUser): boolean =>
  scope === 'all' || (scope === 'admins' && user.administrator)

/** An empty intersection is refused at save; should it come about later, it never means "no factor" (principle 12). */
const acceptable = (allowed: readonly Method[], setting: Setting): readonly Method[] => {
  const accepted = acceptedBy(setting)
  const both = allowed.filter((method) => accepted.includes(method))
  if (both.length > 0) return both
  const strong = accepted.filter(isStrong)
  return strong.length > 0 ? strong : strongMethods
}

const originOf = (
  grant: MfaGrant,
  account: AccountMfaPolicy,
  user: PolicyUser,
  factors: readonly PolicyFactor[],
): Origin => {
  if (user.staff || covers(grant.floor, user)) return 'operator'
  if (covers(account.require, user)) return 'account'
  if (user.setting !== 'off') return 'user'
  return factors.some((factor) => isStrong(factor.type)) ? 'own_factor' : 'none'
}

/** The strictest of operator, account and user wins; a bound app or passkey is asked even when nobody demands it. */
export const resolvePolicy = (
  grant: MfaGrant,
  account: AccountMfaPolicy,
  user: PolicyUser,
  factors: readonly PolicyFactor[],
): Resolved => {
  const by = originOf(grant, account, user, factors)
  const allowed = allowedMethods(grant, account)
  const found = by === 'own_factor' ? strongMethods : acceptable(allowed, user.setting)
  return { required: by !== 'none', by, methods: found, setting: user.setting }
}
