import { contactOperations } from './contacts/index.ts'
import type { Deps } from './http/deps.ts'
import type { JobList } from './jobs/index.ts'
import { makeOperationJob, type OperationRunners, requeueDueOperations } from './operations/index.ts'

/** One line per type of background operation. */
const operationRunners: OperationRunners = {
  import: async () => ({}),
  ...contactOperations,
  demo_data: async () => ({}),
  demo_data_removal: async () => ({}),
}

/** The list of jobs. */
export const jobs: JobList = {
  run_operation: makeOperationJob(operationRunners),
  plan_campaign: async () => {},
}

/** What is due by the clock; each part is idempotent and safe on several nodes at once. */
const dueParts: readonly ((deps: Deps) => Promise<void>)[] = [requeueDueOperations]

export const runDue = async (deps: Deps): Promise<void> => {
  for (const part of dueParts) await part(deps)
}
