export { type OperationType, startOperation, steerOperation } from './operation.ts'
export { operationRoutes } from './routes.ts'
export {
  makeOperationJob,
  OperationLost,
  type OperationRunner,
  type OperationRunners,
  type RunningOperation,
  requeueDueOperations,
} from './run.ts'
