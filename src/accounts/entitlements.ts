/** The catalogue of account.md §3: what an account may use before the operator says otherwise. */
const catalogue: Readonly<Record<string, boolean | number | null>> = {
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
  mfa: false,
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
  'limit.import_rows': 5_000_000,
  'limit.import_mb': 1_024,
  'limit.events_day': 1_000_000,
}

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

export const isKnownEntitlement = (key: string): boolean => key in catalogue
