export { knownDevice, rememberDevice, type Whose } from './known.ts'
export { isProven, markProven } from './proven.ts'
export { dropTrustedDevices, findTrust, spendTrust, trustDevice } from './trusted.ts'
