import type { ComponentType } from 'react'
import { DemoData } from '../features/home/index.ts'
import { RunningOperations } from '../features/operations/index.ts'

/** Places of the shell that a feature fills; null leaves the place out. */
type Slots = {
  /** In the top bar: running operations with their progress. */
  readonly operations: ComponentType | null
  /** Under an empty state: adds sample data, or removes them. */
  readonly demoData: ComponentType | null
}

export const slots: Slots = { operations: RunningOperations, demoData: DemoData }
