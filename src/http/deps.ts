import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Db } from '../db/pool.ts'
import type { Clock } from '../lib/clock.ts'
import type { Places } from '../lib/places.ts'
import type { KeyRing } from '../lib/secrets.ts'

/** What every feature may use; composed once in main.ts and in tests. */
export type Deps = {
  readonly config: Config
  readonly db: Db
  readonly clock: Clock
  readonly keys: KeyRing
  readonly log: Logger
  /** Ends with the process; long loops and open calls listen to it. */
  readonly stopping: AbortSignal
  /** Where connections are counted that all threads share; a process without threads counts its own. */
  readonly places?: Places
}
