import { inAccount, instanceAccountId } from '../db/pool.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import { getInstanceGuard, type InstanceGuard } from './contract.ts'
import { findGuard } from './queries.ts'

export const instanceGuardRoutes = (scope: ServeScope): void => {
  serve(scope, getInstanceGuard, () =>
    inAccount(scope.deps.db, instanceAccountId, async (trx) => {
      const row = await findGuard(trx)
      const reason = (row?.held_reason ?? null) as InstanceGuard['reason']
      return { held: reason && 'clone', reason, held_at: row?.held_at?.toISOString() ?? null }
    }),
  )
}
