import { sql } from 'kysely'
import type { Db, Trx } from '../db/pool.ts'
import type { Position } from '../lib/paging.ts'

const joined = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('operations as o')
    .leftJoin('users as u', (join) =>
      join.onRef('u.id', '=', 'o.started_by').on('u.account_id', '=', accountId),
    )
    .selectAll('o')
    .select(['u.first_name', 'u.last_name'])
    .where('o.account_id', '=', accountId)

export type OperationRow = NonNullable<Awaited<ReturnType<typeof findOperation>>>

export const findOperation = (trx: Trx, accountId: string, id: string) =>
  joined(trx, accountId).where('o.id', '=', id).executeTakeFirst()

export type OperationFilter = { type?: string; state?: string; startedBy?: string }

export const listOperationRows = (
  trx: Trx,
  accountId: string,
  filter: OperationFilter,
  after: Position | null,
  limit: number,
) =>
  joined(trx, accountId)
    .$if(filter.type !== undefined, (query) => query.where('o.type', '=', filter.type ?? ''))
    .$if(filter.state !== undefined, (query) => query.where('o.state', '=', filter.state ?? ''))
    .$if(filter.startedBy !== undefined, (query) => query.where('o.started_by', '=', filter.startedBy ?? ''))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(o.created_at, o.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(limit)
    .execute()

export type NewOperation = {
  id: string
  type: string
  object: { type: string; id: string | null; name: string | null } | null
  params: Record<string, unknown>
  startedBy: string | null
}

export const insertOperation = (trx: Trx, accountId: string, operation: NewOperation) =>
  trx
    .insertInto('operations')
    .values({
      account_id: accountId,
      id: operation.id,
      type: operation.type,
      object_type: operation.object?.type ?? null,
      object_id: operation.object?.id ?? null,
      object_name: operation.object?.name ?? null,
      params: JSON.stringify(operation.params),
      started_by: operation.startedBy,
    })
    .execute()

/** Takes a waiting operation, or one whose worker let its lease run out; false when another has it. */
export const claimOperation = (
  trx: Trx,
  accountId: string,
  id: string,
  owner: string,
  leaseSeconds: number,
) =>
  sql<{
    type: string
    params: Record<string, unknown>
    checkpoint: Record<string, unknown>
    started_by: string | null
  }>`
    update operations set state = 'in_progress', lease_owner = ${owner},
      lease_until = app_now() + make_interval(secs => ${leaseSeconds}),
      started_at = coalesce(started_at, app_now()), updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id}
      and (state = 'pending' or (state = 'in_progress' and lease_until < app_now()))
    returning type, params, checkpoint, started_by`.execute(trx)

/** Progress under the lease; false when the operation was canceled or given to another worker. */
export const saveProgress = async (
  trx: Trx,
  accountId: string,
  id: string,
  owner: string,
  progress: { done?: number; total?: number; checkpoint?: Record<string, unknown>; leaseSeconds: number },
): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update operations set done = coalesce(${progress.done ?? null}::bigint, done),
      total = coalesce(${progress.total ?? null}::bigint, total),
      checkpoint = coalesce(${progress.checkpoint ? JSON.stringify(progress.checkpoint) : null}::jsonb, checkpoint),
      lease_until = app_now() + make_interval(secs => ${progress.leaseSeconds}), updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state = 'in_progress' and lease_owner = ${owner}
    returning id`.execute(trx)
  return rows.length === 1
}

export const finishOperation = (
  trx: Trx,
  accountId: string,
  id: string,
  owner: string,
  end: {
    state: 'completed' | 'failed'
    result?: Record<string, unknown>
    errorCode?: string
    errorDetail?: string
  },
) =>
  sql`update operations set state = ${end.state}, result = ${JSON.stringify(end.result ?? {})}::jsonb,
      error_code = ${end.errorCode ?? null}, error_detail = ${end.errorDetail ?? null},
      finished_at = app_now(), lease_owner = null, lease_until = null, updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state = 'in_progress' and lease_owner = ${owner}`.execute(
    trx,
  )

/** Works also when no worker lives; a worker at work finds its lease gone at the next step. */
export const cancelOpenOperation = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update operations set state = 'canceled', finished_at = app_now(), lease_owner = null, lease_until = null,
      updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state in ('pending', 'in_progress', 'paused')
    returning id`.execute(trx)
  return rows.length === 1
}

/** A worker at work finds its lease gone at the next step; what was committed stays. */
export const pauseOpenOperation = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update operations set state = 'paused', lease_owner = null, lease_until = null,
      updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state in ('pending', 'in_progress') returning id`.execute(
    trx,
  )
  return rows.length === 1
}

export const resumePausedOperation = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update operations set state = 'pending', updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state = 'paused' returning id`.execute(trx)
  return rows.length === 1
}

export const reopenOperation = async (trx: Trx, accountId: string, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update operations set state = 'pending', finished_at = null, error_code = null, error_detail = null,
      updated_at = app_now(), version = version + 1
    where account_id = ${accountId} and id = ${id} and state = 'failed' returning id`.execute(trx)
  return rows.length === 1
}

export const listDueOperations = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; operation_id: string }>`
    select account_id, operation_id from lookup_due_operations()`.execute(db)
  return rows
}
