import type { Db, Trx } from '../db/pool.ts'
import { inAccount } from '../db/pool.ts'

/** unique_violation, serialization_failure, deadlock_detected: another writer was quicker; a new look decides. */
const retried: ReadonlySet<string> = new Set(['23505', '40001', '40P01'])
const attemptsMax = 4

const isRetried = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && retried.has(error.code)

/** A transaction that is run again when another writer got in its way. */
export const inAccountRetrying = async <T>(
  db: Db,
  accountId: string,
  act: (trx: Trx) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inAccount(db, accountId, act)
    } catch (error) {
      if (attempt === attemptsMax || !isRetried(error)) throw error
    }
  }
}
