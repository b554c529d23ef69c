import { bySystem, record } from './audit/index.ts'
import { cancelEveryRun } from './campaigns/index.ts'
import type { Config } from './config.ts'
import { openBeside } from './db/beside.ts'
import { connectPool, inAccount, instanceAccountId, openDb } from './db/pool.ts'
import type { Deps } from './http/deps.ts'
import { makeLog } from './http/log.ts'
import { confirmInstance, keepMark } from './instance-guard/index.ts'
import { systemClock } from './lib/clock.ts'
import { openKeyRing } from './lib/secrets.ts'
import { listAccountIds } from './operator/index.ts'
import { leadIntoSimulator } from './providers/index.ts'
import { loadClock } from './test-support/clock.ts'

export type ConfirmArguments = { readonly original: boolean; readonly copy: boolean }

/** Said to whoever typed the command; the exit code is 1. */
class Refused extends Error {
  override readonly name = 'instance confirm'
  readonly userMessage = true
}

/** Account by account, before the installation is let go: cut in between, it stays held and the command is run again. */
export const disarm = async (deps: Deps): Promise<number> => {
  let canceled = 0
  for (const accountId of await listAccountIds(deps.db)) {
    canceled += await inAccount(deps.db, accountId, async (trx) => {
      await leadIntoSimulator(trx, deps, accountId)
      return cancelEveryRun(trx, deps, accountId)
    })
  }
  return canceled
}

const confirm = async (deps: Deps, as: 'original' | 'copy'): Promise<number> => {
  const canceled = as === 'copy' ? await disarm(deps) : 0
  const mark = await inAccount(deps.db, instanceAccountId, (trx) => confirmInstance(trx, deps, as))
  await keepMark(deps, mark)
  return canceled
}

/** Under other SECRET_KEYS the log of the original cannot be continued; what was decided holds all the same. */
const note = async (deps: Deps, as: string, say: (line: string) => void): Promise<void> => {
  try {
    await inAccount(deps.db, instanceAccountId, (trx) =>
      record(trx, deps, bySystem(instanceAccountId), {
        action: 'instance.confirmed',
        object: { type: 'instance', id: null },
        diff: { before: null, after: { as } },
      }),
    )
  } catch {
    say('The application log could not be written: its keys are sealed with other SECRET_KEYS.')
  }
}

/** `campanile instance confirm`: the operator says whether this is the moved original or a copy (sending.md §4.6). */
export const runInstanceConfirm = async (
  config: Config,
  { original, copy }: ConfirmArguments,
  say: (line: string) => void,
): Promise<number> => {
  if (original === copy)
    throw new Refused('Say either --original (it was moved) or --copy (the original runs elsewhere).')
  const database = await openBeside(config, () => {})
  const pool = connectPool(database.urls.app, { max: 2, name: 'campanile-confirm' })
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
    const as = original ? 'original' : 'copy'
    const canceled = await confirm(deps, as)
    await note(deps, as, say)
    say(
      original
        ? 'Confirmed as the original. Sending goes on.'
        : `Confirmed as a copy: ${canceled} campaigns canceled, credentials of providers wiped, routes lead to the simulator.`,
    )
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
}
