export { applyAccountSettings } from './account.ts'
export {
  type Entitlements,
  effectiveEntitlements,
  entitledNumber,
  fitsEntitlement,
  isKnownEntitlement,
  isSecurityEntitlement,
  ordinaryEntitlements,
  securityDefaults,
} from './entitlements.ts'
export { type AccountKeys, accountDataKey, accountKeys, makeDataKey, openAccountKeys } from './keys.ts'
export {
  claimDirectoryEntry,
  findAccount,
  findDirectoryEntry,
  insertAccount,
  listEntitlementOverrides,
  releaseDirectoryEntry,
  setEntitlement,
} from './queries.ts'
