import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { forgetOldFailures } from '../throttles/queries.ts'
import { deleteOldDialogues, deleteOldPasskeyRequests, findOldDialogues } from './queries.ts'

const everyMs = minutesMs(1)
const nextAt = new WeakMap<Deps, Date>()

/** Part of the sweep, once a minute: dialogues, marks and delays that nobody can go on with. */
export const cleanSignIns = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now()
  const due = nextAt.get(deps)
  if (due && due > now) return
  nextAt.set(deps, addMs(now, everyMs))
  const accounts = await inAccount(deps.db, instanceAccountId, async (trx) => {
    await forgetOldFailures(trx)
    await deleteOldPasskeyRequests(trx)
    return findOldDialogues(trx)
  })
  for (const accountId of accounts)
    await inAccount(deps.db, accountId, (trx) => deleteOldDialogues(trx, accountId))
}
