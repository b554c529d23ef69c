import type { ComponentType } from 'react'
import { DemoData } from '../features/home/index.ts'
import { RunningOperations } from '../features/operations/index.ts'
import { Shield } from '../features/security/index.ts'

/** Places of the shell that a feature fills; null leaves the place out. */
type Slots = {
  /** In the top bar: running operations with their progress. */
  readonly operations: ComponentType | null
  /** In the top bar: how well the account is guarded. */
  readonly guard: ComponentType | null
  /** Under an empty state: adds sample data, or removes them. */
  readonly demoData: ComponentType | null
}

export const slots: Slots = { operations: RunningOperations, guard: Shield, demoData: DemoData }
