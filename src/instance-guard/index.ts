import type { SealedColumn } from '../db/sealed-columns.ts'
import { sealPurpose } from './guard.ts'

export { checkInstance, confirmInstance, keepMark, refuseWhileHeld } from './guard.ts'
export { findHeldReason } from './queries.ts'
export { instanceGuardRoutes } from './routes.ts'

/** Proves that SECRET_KEYS are those of the installation. */
export const instanceSecret: SealedColumn = {
  table: 'instance_guards',
  column: 'secret_sealed',
  key: 'instance_id',
  purpose: sealPurpose,
  context: (key) => key,
}
