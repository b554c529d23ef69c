import type { OperationRunner } from '../../operations/index.ts'
import { runReclassification } from './reclassify.ts'

/** Background work of this feature, by type of operation. */
export const inboundOperations = {
  bounce_reclassification: runReclassification,
} as const satisfies Record<string, OperationRunner>
