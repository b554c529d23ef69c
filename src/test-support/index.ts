export { loadClock } from './clock.ts'
export { installPlainClock, installTestClock } from './queries.ts'
export { type TestSupport, testSupportRoutes } from './routes.ts'
