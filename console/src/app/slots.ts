import type { ComponentType } from 'react'
import { RunningOperations } from '../features/operations/index.ts'

/** Places of the shell that a feature fills; null leaves the place out. */
type Slots = {
  /** In the top bar: running operations with their progress. */
  readonly operations: ComponentType | null
  /** On Home: adds and removes the sample data. */
  readonly demoData: ComponentType | null
}

export const slots: Slots = { operations: RunningOperations, demoData: null }
