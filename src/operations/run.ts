import { randomUUID } from 'node:crypto'
import { withContactScope } from '../db/contact-scope.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { enqueue, type JobPayload } from '../jobs/index.ts'
import { notify } from '../live/index.ts'
import { findRights } from '../security/index.ts'
import type { OperationType } from './operation.ts'
import { claimOperation, finishOperation, listDueOperations, saveProgress } from './queries.ts'

const leaseSeconds = 30
const heartbeatMs = 5_000

/** The operation was canceled, or another worker has it now; the runner stops at once. */
export class OperationLost extends Error {}

export type RunningOperation = {
  readonly accountId: string
  readonly id: string
  readonly params: Record<string, unknown>
  readonly checkpoint: Record<string, unknown>
  readonly startedBy: string | null
  /** Saves progress in the given transaction, so that a step and its mark commit together. @throws OperationLost */
  advance(
    trx: Trx,
    progress: { done?: number; total?: number; checkpoint?: Record<string, unknown> },
  ): Promise<void>
}

/** One type of background work; each step is idempotent, so a killed worker's successor doubles nothing. */
export type OperationRunner = (deps: Deps, operation: RunningOperation) => Promise<Record<string, unknown>>
export type OperationRunners = { readonly [Type in OperationType]: OperationRunner }

const describeFault = (error: unknown): { errorCode: string; errorDetail: string } =>
  error instanceof AppError
    ? { errorCode: error.code, errorDetail: error.message }
    : (error as { code?: unknown } | null)?.code === '42501'
      ? { errorCode: 'permission_denied', errorDetail: 'The work reaches beyond your groups.' }
      : { errorCode: 'internal', errorDetail: 'The work stopped by a fault; it can be taken up again.' }

const keepLease = (deps: Deps, accountId: string, id: string, owner: string) => {
  const beat = () =>
    inAccount(deps.db, accountId, (trx) => saveProgress(trx, accountId, id, owner, { leaseSeconds })).catch(
      () => {},
    )
  const timer = setInterval(beat, heartbeatMs)
  return () => clearInterval(timer)
}

/** Work goes as far as whoever started it may reach at this moment. */
const scopeOf = async (deps: Deps, { accountId, startedBy }: RunningOperation) => {
  if (startedBy === null) return null
  const rights = await inAccount(deps.db, accountId, (trx) => findRights(trx, accountId, startedBy))
  return rights?.scopes.contacts ?? null
}

/** The job of every operation: takes the lease, runs the type's runner, records how it ended. */
export const makeOperationJob =
  (runners: OperationRunners) =>
  async (deps: Deps, { account_id: accountId, id }: JobPayload): Promise<void> => {
    const owner = randomUUID()
    const claimed = await inAccount(deps.db, accountId, (trx) =>
      claimOperation(trx, accountId, id, owner, leaseSeconds),
    )
    const row = claimed.rows[0]
    if (!row) return
    const release = keepLease(deps, accountId, id, owner)
    const finish = (end: Parameters<typeof finishOperation>[4]) =>
      inAccount(deps.db, accountId, async (trx) => {
        await finishOperation(trx, accountId, id, owner, end)
        await notify(trx, accountId, 'operation', id)
      })
    const operation: RunningOperation = {
      accountId,
      id,
      params: row.params,
      checkpoint: row.checkpoint,
      startedBy: row.started_by,
      advance: async (trx, progress) => {
        if (!(await saveProgress(trx, accountId, id, owner, { ...progress, leaseSeconds })))
          throw new OperationLost()
        await notify(trx, accountId, 'operation', id)
      },
    }
    try {
      const result = await withContactScope(await scopeOf(deps, operation), () =>
        runners[row.type as OperationType](deps, operation),
      )
      await finish({ state: 'completed', result })
    } catch (error) {
      if (error instanceof OperationLost) return
      deps.log.error({ err: error, operation: id }, 'operation failed')
      await finish({ state: 'failed', ...describeFault(error) })
    } finally {
      release()
    }
  }

/** Part of the sweep: waiting operations and those of dead workers are given out again. */
export const requeueDueOperations = async (deps: Deps): Promise<void> => {
  for (const due of await listDueOperations(deps.db)) {
    await inAccount(deps.db, due.account_id, (trx) =>
      enqueue(trx, 'run_operation', { account_id: due.account_id, id: due.operation_id }),
    )
  }
}
