import type { AfterSetup } from '../security/index.ts'
import { runDemoData, runDemoDataRemoval, startDemoData } from './demo-data.ts'

export { demoRoutes } from './routes.ts'

/** Background work of this feature, by type of operation. */
export const demoOperations = { demo_data: runDemoData, demo_data_removal: runDemoDataRemoval } as const

/** The sample data that the set-up page was asked for. */
export const bringDemoData: AfterSetup = async (trx, deps, { accountId, ownerId, wishes }) => {
  if (wishes.demo_data) await startDemoData(trx, deps, accountId, ownerId)
}
