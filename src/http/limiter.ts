import type { Db } from '../db/pool.ts'
import { unavailable } from './errors.ts'

/** Stores that test support declared to be down, one flag per process and database. */
const down = new WeakSet<Db>()

/** Test support: the store of limits as if it were away. */
export const setLimiterAvailable = (db: Db, available: boolean): void => {
  if (available) down.delete(db)
  else down.add(db)
}

/**
 * Asked by whatever counts attempts before it counts: without a count nobody signs in (security.md §4.9).
 * @throws AppError 503 `unavailable`
 */
export const checkLimiter = (db: Db): void => {
  if (down.has(db)) throw unavailable()
}
