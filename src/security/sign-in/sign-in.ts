import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccount, findDirectoryEntry } from '../../accounts/index.ts'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import { clientAddress } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import type { Session } from '../contract.ts'
import { type Limit, refundLimits, spendLimits } from '../limits.ts'
import { fitsSealedPassword } from '../passwords/sealed-password.ts'
import { findUser, recordSignIn, type UserRow } from '../queries.ts'
import { issueSession } from '../sessions/session.ts'

const quarterHour = 900
const day = 86_400

/** Canonical once, before look-up and before counters; dots are significant (security.md §4.2). */
export const canonicalLogin = (login: string): string => login.normalize('NFC').trim().toLowerCase()

/** A path of this console and nothing else; anything doubtful is ignored. */
export const safeNext = (next: string | undefined): string | null =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused here.
  next !== undefined && /^\/(?![/\\])[^\u0000-\u001f\u007f\\]*$/.test(next) ? next : null

const limitsFor = (login: string, address: string | null): readonly Limit[] => {
  const from = address ?? 'unresolved'
  return [
    { key: `sign-in:address:${from}`, max: 50, windowSeconds: quarterHour },
    { key: `sign-in:login-address:${login}:${from}`, max: 10, windowSeconds: quarterHour },
    { key: `sign-in:login:${login}`, max: 100, windowSeconds: day },
  ]
}

const maySignIn = (user: UserRow, accountId: string, deps: Deps): boolean => {
  const today = deps.clock.now().toISOString().slice(0, 10)
  const valid = user.valid_until === null || user.valid_until >= today
  // Staff have no second factor yet, so their reach ends at the machine itself.
  const reach = accountId !== instanceAccountId || deps.config.loopback
  return user.status === 'active' && user.sign_in_allowed && valid && reach
}

const findByLogin = async (deps: Deps, login: string) => {
  const entry = await findDirectoryEntry(deps.db, 'login', login)
  if (!entry) return null
  return inAccount(deps.db, entry.target_account_id, async (trx) => {
    const user = await findUser(trx, entry.target_account_id, entry.target_id)
    const account = await findAccount(trx, entry.target_account_id)
    return user && account ? { user, account } : null
  })
}

export type SignInResult = { status: 'signed_in'; session: Session; next: string | null }

/**
 * Password sign-in: counters are spent first, the password is hashed in every case, one failure for every cause.
 * @throws AppError 401 `sign_in_refused`, 429 `rate_limited`, 503 `busy`.
 */
export const signInWithPassword = async (
  deps: Deps,
  given: { login: string; password: string; next?: string },
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<SignInResult> => {
  const login = canonicalLogin(given.login)
  const limits = limitsFor(login, clientAddress(http.request))
  await spendLimits(deps.db, limits)
  const found = await findByLogin(deps, login)
  const stored = found?.user.password_sealed ?? null
  const fits = await fitsSealedPassword(deps.keys, found?.user.id ?? '', stored, given.password)
  if (!found || !fits || !maySignIn(found.user, found.account.account_id, deps))
    throw new AppError('sign_in_refused', 401)
  await refundLimits(deps.db, limits)
  const { user, account } = found
  const session = await inAccount(deps.db, account.account_id, async (trx) => {
    await recordSignIn(trx, account.account_id, user.id, deps.clock.now(), clientAddress(http.request))
    const owner = { accountId: account.account_id, userId: user.id, epoch: user.security_epoch }
    return issueSession(trx, deps, owner, { amr: ['pwd'] }, http)
  })
  return { status: 'signed_in', session, next: safeNext(given.next) }
}
