export { PersonalEntries } from './personal-entries.tsx'
export { RoleNetworks } from './role-networks.tsx'
