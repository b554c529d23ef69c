import type { OperationRunner } from '../operations/index.ts'
import { runExport } from './export.ts'

export { compareExport } from './compare.ts'
export { dropExpiredExports } from './export.ts'
export { auditExportRoutes } from './routes.ts'

/** Background work of this feature, by type of operation. */
export const auditExportOperations = { log_export: runExport } as const satisfies Record<
  string,
  OperationRunner
>
