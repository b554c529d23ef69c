import { findDirectoryEntry } from './accounts/index.ts'
import { bySystem } from './audit/index.ts'
import type { Config } from './config.ts'
import { openBeside } from './db/beside.ts'
import { connectPool, inAccount, instanceAccountId, openDb } from './db/pool.ts'
import type { Deps } from './http/deps.ts'
import { AppError } from './http/errors.ts'
import { makeLog } from './http/log.ts'
import { hoursMs, systemClock } from './lib/clock.ts'
import { openKeyRing } from './lib/secrets.ts'
import {
  entryRules,
  exceptionHoursMax,
  listRights,
  openException,
  readSingleAddress,
} from './security/index.ts'
import { loadClock } from './test-support/clock.ts'

export type BreakGlassArguments = {
  readonly login: string | undefined
  readonly address: string | undefined
  readonly hours: string | undefined
  readonly reason: string | undefined
}

/** Said to whoever typed the command; the exit code is 1. */
class Refused extends Error {
  override readonly name = 'break-glass'
  readonly userMessage = true
}

const read = (given: BreakGlassArguments, config: Config) => {
  const { login, address, hours, reason } = given
  if (!login || !address || !hours || !reason?.trim())
    throw new Refused('--login, --address, --hours and --reason are all needed.')
  const count = /^\d{1,2}$/.test(hours) ? Number(hours) : 0
  if (count < 1 || count > exceptionHoursMax)
    throw new Refused(`--hours: must be a whole number from 1 to ${exceptionHoursMax}.`)
  try {
    const single = readSingleAddress(address, entryRules(config))
    return { login: login.normalize('NFC').trim().toLowerCase(), address: single, hours: count, reason }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new Refused(`--address: ${address} cannot be let in (${error.code}).`)
  }
}

/** Where two people could decide, two people decide: the shell is for hosts with one member of staff. */
const refuseWithColleagues = async (deps: Deps): Promise<void> => {
  const staff = await inAccount(deps.db, instanceAccountId, (trx) => listRights(trx, instanceAccountId))
  if (staff.filter((one) => one.maySignIn).length > 1)
    throw new Refused('Two members of staff can do this together under Instance, Accounts, Exceptions.')
}

const open = async (deps: Deps, given: ReturnType<typeof read>): Promise<Date> => {
  await refuseWithColleagues(deps)
  const entry = await findDirectoryEntry(deps.db, 'login', given.login)
  if (!entry || entry.target_account_id === instanceAccountId)
    throw new Refused(`--login: nobody of a customer signs in as ${given.login}.`)
  const accountId = entry.target_account_id
  return inAccount(deps.db, accountId, (trx) =>
    openException(trx, deps, bySystem(accountId), {
      accountId,
      userId: entry.target_id,
      address: given.address,
      origin: 'cli',
      lifeMs: hoursMs(given.hours),
      reason: given.reason,
    }),
  )
}

/**
 * `campanile break-glass`: lets one user in from one address for some hours, onto security pages only. It never changes
 * a list; every administrator gets a mail and the log keeps it (security.md §2.6).
 */
export const runBreakGlass = async (
  config: Config,
  given: BreakGlassArguments,
  say: (line: string) => void,
): Promise<number> => {
  const wanted = read(given, config)
  const database = await openBeside(config, () => {})
  const pool = connectPool(database.urls.app, { max: 2, name: 'campanile-break-glass' })
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: makeLog(config),
    stopping: new AbortController().signal,
  }
  try {
    if (config.testSupport) await loadClock(deps)
    const until = await open(deps, wanted)
    say(
      `${wanted.login} may sign in from ${wanted.address} until ${until.toISOString()}, security pages only.`,
    )
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
}
