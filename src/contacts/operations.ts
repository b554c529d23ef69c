import type { OperationRunner } from '../operations/index.ts'
import { runSelection } from './bulk/bulk.ts'
import { runClearField } from './fields/deletion.ts'
import { runGroupDelete } from './groups/group-end.ts'
import { runImport } from './import/run.ts'

const runBulkUpdate: OperationRunner = (deps, operation) =>
  operation.params['act'] === 'clear_field'
    ? runClearField(deps, operation, String(operation.params['name']))
    : runSelection(deps, operation)

/** Background work of this feature, by type of operation. */
export const contactOperations = {
  import: runImport,
  group_delete: runGroupDelete,
  bulk_delete: (deps, operation) => runSelection(deps, operation),
  bulk_update: runBulkUpdate,
} as const satisfies Record<string, OperationRunner>
