import { bySystem, recordOutside } from '../../audit/index.ts'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { isPasswordRefused, notePasswordFailure, refusePassword } from './queries.ts'
import { macOf } from './throttle.ts'

const loginsMax = 20

/** Whether this password is being tried over many logins at present (security.md §4.2). */
export const isSprayed = (deps: Deps, password: string): Promise<boolean> =>
  inAccount(deps.db, instanceAccountId, (trx) =>
    isPasswordRefused(trx, macOf(deps, 'password', password.normalize('NFC'))),
  )

/** Notes a wrong password; with the twenty-first login in ten minutes it is refused everywhere for an hour. */
export const noteWrongPassword = async (deps: Deps, login: string, password: string): Promise<void> => {
  const passwordMac = macOf(deps, 'password', password.normalize('NFC'))
  const began = await inAccount(deps.db, instanceAccountId, async (trx) => {
    const logins = await notePasswordFailure(trx, passwordMac, macOf(deps, 'login', login))
    return logins > loginsMax && (await refusePassword(trx, passwordMac))
  })
  if (!began) return
  deps.log.warn({ code: 'spray_detected' }, 'one password was tried over many logins')
  await recordOutside(deps, bySystem(instanceAccountId), {
    action: 'login.denied',
    result: 'denied',
    reason: 'spray_detected',
  })
}
