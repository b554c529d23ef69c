/** The catalogue of account.md §3: what an account may use before the operator says otherwise. */
const ordinary: Readonly<Record<string, boolean | number | null>> = {
  'channel.email': true,
  'channel.sms': false,
  'channel.push': false,
  'channel.rcs': false,
  'api.email': false,
  'api.sms': false,
  'api.push': false,
  'api.rcs': false,
  'api.keys': true,
  webhooks: true,
  'smtp.submission': true,
  'segments.dynamic': true,
  'events.custom': false,
  'web.tracking': false,
  booster: false,
  journeys: false,
  ab_tests: true,
  subaccounts: false,
  approvals: true,
  'files.public': true,
  'integration.salesforce': true,
  'integration.salesmanago': true,
  'integration.synerise': true,
  'integration.idosell': true,
  facade_v21: false,
  'limit.users': 25,
  'limit.subaccounts': 0,
  'limit.api_keys': 50,
  'limit.webhooks': 50,
  'limit.contacts': 5_000_000,
  'limit.fields': 100,
  'limit.groups': 5_000,
  'limit.segments': 500,
  'limit.storage_mb': 5_120,
  'limit.file_mb': 25,
  'limit.messages_month.email': null,
  'limit.messages_month.sms': null,
  'limit.messages_month.push': null,
  'limit.messages_month.rcs': null,
  'limit.api_rps': 50,
  'limit.import_rows': 5_000_000,
  'limit.import_mb': 1_024,
  'limit.events_day': 1_000_000,
}

/** What the operator says about the protection of sign-in; it has an endpoint of its own (security.md §5.9). */
export const securityDefaults = {
  mfa: false,
  mfa_methods: ['email', 'sms', 'totp', 'passkey'],
  mfa_floor: 'none',
  ip_entry_limit: 200,
} as const
/** Without a word of the operator their defaults stand where codes by SMS are counted. */
const securityKeys: readonly string[] = [
  ...Object.keys(securityDefaults),
  'sms_countries',
  'sms_daily_budget',
]

const catalogue: Readonly<Record<string, unknown>> = { ...ordinary, ...securityDefaults }

export type Entitlements = Readonly<Record<string, unknown>>

/** Value of an account = own override, else catalogue default. */
export const effectiveEntitlements = (overrides: Entitlements): Entitlements => ({
  ...catalogue,
  ...overrides,
})

export const entitledNumber = (entitlements: Entitlements, key: string): number => {
  const value = entitlements[key]
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY
}

export const isSecurityEntitlement = (key: string): boolean => securityKeys.includes(key)
export const isKnownEntitlement = (key: string): boolean =>
  Object.hasOwn(catalogue, key) || isSecurityEntitlement(key)

export const ordinaryEntitlements: readonly string[] = Object.keys(ordinary)

/** Switches take true and false, limits a number or null for none. */
export const fitsEntitlement = (key: string, value: unknown): boolean =>
  typeof ordinary[key] === 'boolean'
    ? typeof value === 'boolean'
    : value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
