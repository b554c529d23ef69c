import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { conflict, notFound } from '../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../http/page.ts'
import { enqueue } from '../jobs/index.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import type { Operation, operationTypes } from './contract.ts'
import {
  cancelOpenOperation,
  findOperation,
  insertOperation,
  listOperationRows,
  type OperationRow,
  pauseOpenOperation,
  reopenOperation,
  resumePausedOperation,
} from './queries.ts'

export type OperationType = (typeof operationTypes)[number]

const toOperation = (row: OperationRow): Operation => ({
  id: row.id,
  type: row.type as Operation['type'],
  object: row.object_type ? { type: row.object_type, id: row.object_id, name: row.object_name } : null,
  state: row.state as Operation['state'],
  total: row.total,
  done: row.done,
  result: row.result as Record<string, unknown>,
  error_code: row.error_code,
  error_detail: row.error_detail,
  started_by:
    row.started_by && row.first_name
      ? { id: row.started_by, name: `${row.first_name} ${row.last_name}` }
      : null,
  created_at: row.created_at.toISOString(),
  started_at: row.started_at?.toISOString() ?? null,
  finished_at: row.finished_at?.toISOString() ?? null,
  version: row.version,
})

/** Writes the operation and enqueues its work in the caller's transaction; answers its id. */
export const startOperation = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  given: {
    type: OperationType
    object: { type: string; id: string | null; name: string | null } | null
    params?: Record<string, unknown>
    startedBy: string | null
  },
): Promise<string> => {
  const id = uuidV7(deps.clock.now())
  await insertOperation(trx, accountId, { id, params: {}, ...given })
  await enqueue(trx, 'run_operation', { account_id: accountId, id })
  await notify(trx, accountId, 'operation', id)
  return id
}

/** For features whose work has its own pause, resume and cancel; false when the operation is in no such state. */
export const steerOperation = async (
  trx: Trx,
  accountId: string,
  id: string,
  act: 'pause' | 'resume' | 'cancel',
): Promise<boolean> => {
  const steer = { pause: pauseOpenOperation, resume: resumePausedOperation, cancel: cancelOpenOperation }[act]
  const done = await steer(trx, accountId, id)
  if (done && act === 'resume') await enqueue(trx, 'run_operation', { account_id: accountId, id })
  if (done) await notify(trx, accountId, 'operation', id)
  return done
}

const seesAll = (actor: Actor): boolean => actor.permissions.has('account.operations.view_all')

const getVisible = async (trx: Trx, actor: Actor, id: string): Promise<OperationRow> => {
  const row = await findOperation(trx, actor.accountId, id)
  if (!row || !(seesAll(actor) || row.started_by === actor.userId)) throw notFound()
  return row
}

export const readOperation = (deps: Deps, actor: Actor, id: string): Promise<Operation> =>
  inAccount(deps.db, actor.accountId, async (trx) => toOperation(await getVisible(trx, actor, id)))

export const listVisibleOperations = (
  deps: Deps,
  actor: Actor,
  query: PageQuery & { type?: string; state?: string },
  now: Date,
) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const filter = {
      ...(query.type ? { type: query.type } : {}),
      ...(query.state ? { state: query.state } : {}),
      ...(seesAll(actor) ? {} : { startedBy: actor.userId }),
    }
    const limit = pageLimit(query)
    const rows = await listOperationRows(
      trx,
      actor.accountId,
      filter,
      readTimePosition(query, filter, now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter,
      now,
      position: (row) => [row.created_at.toISOString(), row.id],
      present: toOperation,
    })
  })

const actOn = (
  deps: Deps,
  actor: Actor,
  id: string,
  action: 'operation.canceled' | 'operation.retried',
  act: (trx: Trx) => Promise<boolean>,
): Promise<Operation> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { state } = await getVisible(trx, actor, id)
    if (!(await act(trx))) throw conflict('operation_finished')
    await notify(trx, actor.accountId, 'operation', id)
    const operation = toOperation(await getVisible(trx, actor, id))
    await recordAct(trx, deps, actor, {
      action,
      type: 'operation',
      id,
      before: { type: operation.type, state },
      after: { type: operation.type, state: operation.state },
    })
    return operation
  })

export const cancelRunning = (deps: Deps, actor: Actor, id: string): Promise<Operation> =>
  actOn(deps, actor, id, 'operation.canceled', (trx) => cancelOpenOperation(trx, actor.accountId, id))

export const retryFailed = (deps: Deps, actor: Actor, id: string): Promise<Operation> =>
  actOn(deps, actor, id, 'operation.retried', async (trx) => {
    const reopened = await reopenOperation(trx, actor.accountId, id)
    if (reopened) await enqueue(trx, 'run_operation', { account_id: actor.accountId, id })
    return reopened
  })
