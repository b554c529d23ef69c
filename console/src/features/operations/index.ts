export { RunningOperations } from './running-operations.tsx'
export { useRate } from './use-rate.ts'
