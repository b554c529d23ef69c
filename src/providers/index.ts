export { closeAdapters } from './adapters.ts'
export { findAsker } from './asking.ts'
export { recordProviderResult } from './circuit/circuit.ts'
export { leadIntoSimulator } from './copy/copy.ts'
export { provideSimulator } from './provision.ts'
export { readReceiptToken } from './receipts/address.ts'
export type { ReceiptKind } from './receipts/contract.ts'
export { countReceiptCall } from './receipts/queries.ts'
export { findReceiptSource, type ReceiptSource } from './receipts/receipts.ts'
export { providerRoutes } from './routes.ts'
export { type Downtime, findDowntime } from './routing/downtime.ts'
export {
  hasRoute,
  isLocal,
  isSimulated,
  resolveRoutes,
  type UsableProvider,
  type Wanted,
} from './routing/resolve.ts'
export { provideShapingRules } from './shaping/provision.ts'
export { sweepWarmups } from './warmup/sweep.ts'
