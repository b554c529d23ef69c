import { byVisitor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, notifyAdministrators, sendSystem } from '../../system-stream/index.ts'
import type { ChallengePurpose } from '../challenges/contract.ts'
import { cancelChallengesOf } from '../challenges/engine.ts'
import { lockPerson } from '../challenges/queries.ts'
import { cancelEnrolmentsOf } from '../enrolments/queries.ts'
import { consumeLink, killLinks, linkLifeMs, linkRefused, makeLink, peekLink } from '../links/index.ts'
import { bumpEpoch } from '../sessions/session.ts'
import { spendAddress } from '../throttles/index.ts'
import type { Http } from './completion.ts'
import { dropPassword } from './queries.ts'

/**
 * Somebody asked for a code that the person did not: the password is in foreign hands. Open sign-ins and sessions end,
 * the password is dead, a new one is chosen by mail (security.md §3.2). A code that went to a number or address nobody
 * has proven says nothing about the password, and its reader may be a stranger: there the link ends that dialogue alone.
 * @throws AppError 400 `link_refused`.
 */
export const stopSignIns = async (deps: Deps, token: string, http: Http): Promise<void> => {
  await spendAddress(deps, 'link', clientAddress(http.request))
  const { accountId, userId } = await peekLink(deps, 'not_me', token)
  if (userId === null) throw linkRefused()
  const where = whereOf(http.request)
  await inAccount(deps.db, accountId, async (trx) => {
    const { detail } = await consumeLink(trx, deps, 'not_me', token)
    const person = await lockPerson(trx, accountId, userId)
    if (!person || person.deleted_at) throw linkRefused()
    if (typeof detail['ends'] === 'string') {
      await cancelChallengesOf(trx, accountId, userId, [detail['ends'] as ChallengePurpose])
      await record(trx, deps, byVisitor(accountId, where, { userId }), {
        action: 'challenge.locked',
        object: { type: 'user', id: userId },
        reason: 'not_me',
      })
      return
    }
    await killLinks(trx, accountId, userId, ['not_me', 'enrolment', 'password_reset'])
    await cancelChallengesOf(trx, accountId, userId)
    await cancelEnrolmentsOf(trx, accountId, userId)
    await dropPassword(trx, accountId, userId)
    await bumpEpoch(trx, accountId, userId)
    const reset = { accountId, userId, purpose: 'password_reset' as const, newestOnly: true }
    const resetToken = await makeLink(trx, deps, { ...reset, lifeMs: linkLifeMs.password_reset })
    await sendSystem(trx, deps, {
      accountId,
      userId,
      kind: 'password_reset',
      to: { email: person.email },
      language: person.language,
      timeZone: person.time_zone,
      values: { ...circumstances(deps, where), token: resetToken },
    })
    const about = { ...circumstances(deps, where), about: person.email }
    await notifyAdministrators(trx, deps, {
      accountId,
      exceptUserId: userId,
      kind: 'not_me_done',
      values: about,
    })
    await record(trx, deps, byVisitor(accountId, where, { userId }), {
      action: 'password.reset_requested',
      object: { type: 'user', id: userId },
      reason: 'not_me',
    })
  })
}
