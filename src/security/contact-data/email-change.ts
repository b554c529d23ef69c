import { claimDirectoryEntry, releaseDirectoryEntry } from '../../accounts/index.ts'
import { byVisitor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { cancelChallengesOf } from '../challenges/queries.ts'
import {
  consumeLink,
  killLinks,
  type Link,
  linkLifeMs,
  linkRefused,
  makeLink,
  peekLink,
} from '../links/index.ts'
import { requireInside } from '../links/inside.ts'
import type { UserRow } from '../queries.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import { bumpEpoch, endSessions } from '../sessions/session.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { isEmailTaken, lockUser, setEmail } from './queries.ts'

type LinkKind = 'email_change' | 'email_undo'

const openPerson = async (trx: Trx, deps: Deps, link: Link, where: Where): Promise<UserRow> => {
  const user = link.userId === null ? undefined : await lockUser(trx, link.accountId, link.userId)
  if (!user || !mayBeSignedIn(user, deps.clock.now())) throw linkRefused()
  await requireInside(trx, { accountId: link.accountId, userId: user.id }, where)
  return user
}

/** The login goes along while it is the address (account.md §4); where the wanted one is somebody's, the present one stays. */
const moveLogin = async (trx: Trx, user: UserRow, wanted: string): Promise<string> => {
  if (wanted === user.login) return wanted
  const place = { kind: 'login' as const, accountId: user.account_id, targetId: user.id }
  if (!(await claimDirectoryEntry(trx, { ...place, key: wanted }))) return user.login
  await releaseDirectoryEntry(trx, { ...place, key: user.login })
  return wanted
}

const begin = async (deps: Deps, kind: LinkKind, token: string) => {
  const link = await peekLink(deps, kind, token)
  return { link, act: <T>(work: (trx: Trx) => Promise<T>) => inAccount(deps.db, link.accountId, work) }
}

/** The old mailbox gets the way back, good for seven days, from whatever address comes after it. */
const mailUndo = async (trx: Trx, deps: Deps, user: UserRow, where: Where): Promise<void> => {
  const token = await makeLink(trx, deps, {
    accountId: user.account_id,
    userId: user.id,
    purpose: 'email_undo',
    lifeMs: linkLifeMs.email_undo,
    detail: { email: user.email, login: user.login },
  })
  await sendSystem(trx, deps, {
    accountId: user.account_id,
    userId: user.id,
    kind: 'email_changed_undo',
    to: { email: user.email },
    language: user.language as 'en' | 'pl' | 'de',
    timeZone: user.time_zone,
    values: { token, ...circumstances(deps, where) },
  })
}

/** @throws AppError 400 `link_refused`, also when the address became somebody else's in this account. */
export const confirmEmail = async (deps: Deps, token: string, where: Where): Promise<void> => {
  const { link, act } = await begin(deps, 'email_change', token)
  const { accountId } = link
  await act(async (trx) => {
    const user = await openPerson(trx, deps, link, where)
    await consumeLink(trx, deps, 'email_change', token)
    const email = String(link.detail['email'])
    if (await isEmailTaken(trx, accountId, email, user.id)) throw linkRefused()
    const follows = user.login === canonicalLogin(user.email)
    const login = follows ? await moveLogin(trx, user, canonicalLogin(email)) : user.login
    await setEmail(trx, accountId, user.id, { email, login })
    await killLinks(trx, accountId, user.id, ['password_reset', 'email_change', 'enrolment'])
    await mailUndo(trx, deps, user, where)
    await record(trx, deps, byVisitor(accountId, where, { userId: user.id }), {
      action: 'user.email_changed',
      object: { type: 'user', id: user.id },
      diff: { before: { email: user.email, login: user.login }, after: { email, login } },
    })
  })
}

/**
 * Brings the old address back: whoever changed it is signed out everywhere, and what was mailed to the new one is dead.
 * @throws AppError 400 `link_refused`.
 */
export const undoEmail = async (deps: Deps, token: string, where: Where): Promise<void> => {
  const { link, act } = await begin(deps, 'email_undo', token)
  const { accountId } = link
  await act(async (trx) => {
    const user = await openPerson(trx, deps, link, where)
    await consumeLink(trx, deps, 'email_undo', token)
    const email = String(link.detail['email'])
    if (await isEmailTaken(trx, accountId, email, user.id)) throw linkRefused()
    const login = await moveLogin(trx, user, String(link.detail['login']))
    await setEmail(trx, accountId, user.id, { email, login })
    await killLinks(trx, accountId, user.id)
    await cancelChallengesOf(trx, accountId, user.id)
    await bumpEpoch(trx, accountId, user.id)
    await endSessions(trx, accountId, user.id)
    await record(trx, deps, byVisitor(accountId, where, { userId: user.id }), {
      action: 'user.email_undone',
      object: { type: 'user', id: user.id },
      diff: { before: { email: user.email, login: user.login }, after: { email, login } },
    })
  })
}
