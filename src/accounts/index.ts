export { applyAccountSettings } from './account.ts'
export {
  type Entitlements,
  effectiveEntitlements,
  entitledNumber,
  isKnownEntitlement,
} from './entitlements.ts'
export { type AccountKeys, accountKeys, makeDataKey, openAccountKeys } from './keys.ts'
export {
  claimDirectoryEntry,
  findAccount,
  findDirectoryEntry,
  insertAccount,
  listEntitlementOverrides,
  setEntitlement,
} from './queries.ts'
