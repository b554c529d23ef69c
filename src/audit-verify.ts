import { readFile } from 'node:fs/promises'
import { reportChains } from './audit/index.ts'
import { compareExport } from './audit-exports/index.ts'
import type { Config } from './config.ts'
import { openBeside } from './db/beside.ts'
import { connectPool, openDb } from './db/pool.ts'
import type { Deps } from './http/deps.ts'
import { AppError } from './http/errors.ts'
import { makeLog } from './http/log.ts'
import { systemClock } from './lib/clock.ts'
import { isUuid } from './lib/ids.ts'
import { openKeyRing } from './lib/secrets.ts'

export type AuditVerifyArguments = {
  readonly account: string | undefined
  readonly checkpoints: string | undefined
  /** A file made by Account › Application log › Export, of the account named. */
  readonly export: string | undefined
}

/** Said to whoever typed the command; the exit code is 1. */
class Refused extends Error {
  readonly userMessage = true
}

const read = async (option: string, path: string | undefined): Promise<string | null> => {
  if (path === undefined) return null
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Refused(`--${option}: ${path} cannot be read.`, { cause })
  }
}

const compare = async (
  deps: Deps,
  accountId: string,
  text: string,
  say: (line: string) => void,
): Promise<boolean> => {
  const { rows, different } = await compareExport(deps, accountId, text)
  const record = different?.seq ? ` (record ${different.seq})` : ''
  say(
    different
      ? `The file was CHANGED at line ${different.line}${record}.`
      : `The file is as it was exported (${rows} records).`,
  )
  return different === null
}

/**
 * `campanile audit verify`: walks the chain of every account, also while the program runs, and holds it against
 * checkpoints kept away from the database (security.md §4.6). Exit code 0 when all is whole.
 */
export const runAuditVerify = async (
  config: Config,
  given: AuditVerifyArguments,
  say: (line: string) => void,
): Promise<number> => {
  if (given.account !== undefined && !isUuid(given.account)) throw new Refused('--account: must be an id.')
  if (given.export !== undefined && given.account === undefined)
    throw new Refused('--export: needs --account, whose log the file came from.')
  const checkpoints = await read('checkpoints', given.checkpoints)
  const exported = await read('export', given.export)
  const database = await openBeside(config, () => {})
  const pool = connectPool(database.urls.app, { max: 2, name: 'campanile-audit-verify' })
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: makeLog(config),
    stopping: new AbortController().signal,
  }
  try {
    const accountId = given.account ?? null
    const whole = await reportChains(deps, { accountId, checkpoints }, say)
    const same = exported === null || (await compare(deps, accountId ?? '', exported, say))
    return whole && same ? 0 : 1
  } catch (error) {
    if (error instanceof AppError && error.status === 404)
      throw new Refused('--account: there is no such account.')
    throw error
  } finally {
    await pool.end()
    await database.close()
  }
}
