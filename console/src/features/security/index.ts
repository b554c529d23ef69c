export { MfaSetting } from './mfa/mfa-setting.tsx'
export { SignOutEverywhere, UserSecurity } from './mfa/user-security.tsx'
export { PersonalEntries } from './personal-entries.tsx'
export { RoleNetworks } from './role-networks.tsx'
