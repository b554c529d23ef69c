import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { AuditRecords } from '../http/audit-actions/contract.ts'

type Answered = {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly requestId: string
}

const pools = new WeakMap<FastifyInstance, pg.Pool>()

/** From now on every act of a test on this server is looked up in the application log, as a superuser who sees all accounts. */
export const watchRecords = (app: FastifyInstance, superuser: pg.Pool): void => {
  pools.set(app, superuser)
}

const written = async (pool: pg.Pool, requestId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ action: string }>(
    `select action from audit_entries where request_id = $1 and action not in ('access.denied', 'audit_log.viewed', 'support_access.used')`,
    [requestId],
  )
  return rows.map((row) => row.action)
}

const faultOf = (records: AuditRecords, found: readonly string[]): string | null => {
  if ('nothing' in records) return found.length > 0 ? `says it records nothing, but wrote ${found}` : null
  const allowed: readonly string[] = 'whenChanged' in records ? records.whenChanged : records
  const other = found.find((action) => !allowed.includes(action))
  if (other) return `wrote ${other}, which its contract does not name among its records`
  return found.length === 0 && !('whenChanged' in records) ? `wrote none of ${allowed}` : null
}

/**
 * A change without its record in the application log is a fault of every test that makes it (account.md §19, ACC-170):
 * the contract says what a route records, and here it is held to its word.
 */
export const checkRecorded = async (app: FastifyInstance, answered: Answered): Promise<void> => {
  const { method, url, status, requestId } = answered
  const pool = pools.get(app)
  if (!pool || method === 'GET' || status < 200 || status > 299) return
  const path = url.split('?')[0] ?? ''
  const contract = app.served.find((one) => one.method === method && one.pattern.test(path))?.contract
  if (!contract?.records) return
  const fault = faultOf(contract.records, await written(pool, requestId))
  if (fault) throw new Error(`${method} ${contract.path} ${fault}`)
}
