import { findAccount, findDirectoryEntry } from '../../accounts/index.ts'
import { useAccount as enterAccount, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { type Limit, spendLimits } from '../limits.ts'
import { findUser } from '../queries.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { keepRequest, type ResetGiven } from '../strangers/request.ts'
import { mailPasswordReset } from './mail.ts'

const hour = 3_600
const requestsPerAddressMax = 10
const mailsPerLoginMax = 3

/** Spends and answers whether it was too much; the stranger is told the same in both cases. */
const isOver = async (deps: Deps, limit: Limit): Promise<boolean> => {
  try {
    await spendLimits(deps.db, [limit])
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true
    throw error
  }
}

/** Always the same answer after the same work (security.md §4.2); it locks nothing. */
export const askForReset = async (deps: Deps, given: { login: string }, where: Where): Promise<void> => {
  const key = `password-reset:address:${where.address ?? 'unresolved'}`
  const overLimit = await isOver(deps, { key, max: requestsPerAddressMax, windowSeconds: hour })
  await keepRequest(deps, where, {
    kind: 'password_reset',
    given: { login: canonicalLogin(given.login), over_limit: overLimit },
  })
}

/** The job behind it: a link to whoever can sign in and has a password to replace. */
export const answerReset = async (trx: Trx, deps: Deps, given: ResetGiven, where: Where): Promise<void> => {
  if (given.over_limit) return
  const entry = await findDirectoryEntry(trx, 'login', given.login)
  if (!entry) return
  const key = `password-reset:login:${given.login}`
  if (await isOver(deps, { key, max: mailsPerLoginMax, windowSeconds: hour })) return
  await enterAccount(trx, entry.target_account_id)
  const user = await findUser(trx, entry.target_account_id, entry.target_id)
  const account = await findAccount(trx, entry.target_account_id)
  if (!user || !account || account.status === 'closed' || !mayBeSignedIn(user, deps.clock.now())) return
  await mailPasswordReset(trx, deps, user, where)
}
