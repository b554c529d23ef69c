import { findAccount } from '../../accounts/index.ts'
import { byVisitor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { unprocessable } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import { cancelChallengesOf } from '../challenges/queries.ts'
import { dropTrustedDevices } from '../devices/index.ts'
import { cancelEnrolmentsOf } from '../enrolments/queries.ts'
import { consumeLink, killLinks, type Link, linkRefused, peekLink } from '../links/index.ts'
import { requireInside } from '../links/inside.ts'
import { emailBarMs } from '../mfa/state.ts'
import { acceptPassword, lengthMinOf } from '../passwords/accept.ts'
import { setPassword } from '../passwords/queries.ts'
import { fitsSealedPassword, isGe15, makeSealedPassword } from '../passwords/sealed-password.ts'
import { findUser, type UserRow } from '../queries.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import { endSessions } from '../sessions/session.ts'

const purpose = 'password_reset'

const findPerson = async (trx: Trx, deps: Deps, link: Link): Promise<UserRow> => {
  const user = link.userId === null ? undefined : await findUser(trx, link.accountId, link.userId)
  if (!user || !mayBeSignedIn(user, deps.clock.now())) throw linkRefused()
  return user
}

/** What the page needs to know; nothing is consumed. */
export const inspectReset = async (deps: Deps, token: string) => {
  const link = await peekLink(deps, purpose, token)
  return inAccount(deps.db, link.accountId, async (trx) => {
    const user = await findPerson(trx, deps, link)
    return { min_length: await lengthMinOf(trx, deps, link.accountId, user.id) }
  })
}

const prepare = (deps: Deps, link: Link, where: Where) =>
  inAccount(deps.db, link.accountId, async (trx) => {
    const user = await findPerson(trx, deps, link)
    await requireInside(trx, { accountId: link.accountId, userId: user.id }, where)
    const account = await findAccount(trx, link.accountId)
    const lengthMin = await lengthMinOf(trx, deps, link.accountId, user.id)
    return { user, accountName: account?.name ?? '', lengthMin }
  })

/**
 * Sets the new password and ends everything that was signed in, in the transaction that consumes the link. Second factors
 * stay, and for a day the code by mail does not count: one mailbox is one proof (security.md §3.5).
 * @throws AppError 400 `link_refused`, 422 `password_weak`, `password_reused`.
 */
export const completeReset = async (
  deps: Deps,
  given: { token: string; password: string },
  where: Where,
): Promise<void> => {
  const link = await peekLink(deps, purpose, given.token)
  const { accountId } = link
  const { user, accountName, lengthMin } = await prepare(deps, link, where)
  await acceptPassword(deps, given.password, { login: user.login, email: user.email, accountName }, lengthMin)
  if (await fitsSealedPassword(deps.keys, user.id, user.password_sealed, given.password))
    throw unprocessable('password_reused')
  const sealed = await makeSealedPassword(deps.keys, user.id, given.password)
  await inAccount(deps.db, accountId, async (trx) => {
    await consumeLink(trx, deps, purpose, given.token)
    await findPerson(trx, deps, link)
    const barEmailCodeUntil = addMs(deps.clock.now(), emailBarMs)
    await setPassword(trx, accountId, user.id, { sealed, ge15: isGe15(given.password), barEmailCodeUntil })
    await endSessions(trx, accountId, user.id)
    await dropTrustedDevices(trx, accountId, user.id)
    await cancelChallengesOf(trx, accountId, user.id)
    await cancelEnrolmentsOf(trx, accountId, user.id)
    await killLinks(trx, accountId, user.id, ['password_reset', 'email_change', 'enrolment'])
    await notify(trx, deps, {
      accountId,
      userId: user.id,
      kind: 'password_changed',
      values: circumstances(deps, where),
    })
    const name = `${user.first_name} ${user.last_name}`
    await record(trx, deps, byVisitor(accountId, where, { userId: user.id, name }), {
      action: 'password.reset',
      object: { type: 'user', id: user.id },
    })
  })
}
