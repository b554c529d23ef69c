export { closeAdapters } from './adapters.ts'
export { recordProviderResult } from './circuit/circuit.ts'
export { provideSimulator } from './provision.ts'
export { providerRoutes } from './routes.ts'
export {
  hasRoute,
  isLocal,
  isSimulated,
  resolveRoutes,
  type UsableProvider,
  type Wanted,
} from './routing/resolve.ts'
