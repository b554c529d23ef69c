export { closeAdapters } from './adapters.ts'
export { findAsker } from './asking.ts'
export { recordProviderResult } from './circuit/circuit.ts'
export { leadIntoSimulator } from './copy/copy.ts'
export { provideSimulator } from './provision.ts'
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
