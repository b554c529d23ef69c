import { findAccount, findDirectoryEntry } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findUser } from '../queries.ts'

/** Canonical once, before look-up and before counters; dots are significant (security.md §4.2). */
export const canonicalLogin = (login: string): string => login.normalize('NFC').trim().toLowerCase()

/** A path of this console and nothing else; anything doubtful is ignored. */
export const safeNext = (next: string | undefined): string | null =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused here.
  next !== undefined && /^\/(?![/\\])[^\u0000-\u001f\u007f\\]*$/.test(next) ? next : null

export const findByLogin = async (deps: Deps, login: string) => {
  const entry = await findDirectoryEntry(deps.db, 'login', login)
  if (!entry) return null
  return inAccount(deps.db, entry.target_account_id, async (trx) => {
    const user = await findUser(trx, entry.target_account_id, entry.target_id)
    const account = await findAccount(trx, entry.target_account_id)
    return user && account ? { user, account } : null
  })
}

export type FoundPerson = NonNullable<Awaited<ReturnType<typeof findByLogin>>>
