import { type AuditBy, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { maskEmail } from '../../lib/masking.ts'
import { circumstances, notify, notifyAdministrators, sendSystem } from '../../system-stream/index.ts'
import { cancelChallengesOf } from '../challenges/engine.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import { demandLongerPassword, lockPersonRow } from '../mfa/queries.ts'
import { emailBarMs, findMfaState } from '../mfa/state.ts'
import { findUser } from '../queries.ts'
import { bumpEpoch, endSessions } from '../sessions/session.ts'
import { clearFactors } from './queries.ts'

type Reset = {
  readonly accountId: string
  readonly userId: string
  readonly by: AuditBy
  readonly reason: string
  readonly where: Where | null
}

/** The way back: to the mailbox alone, never to a number that may be the lost one. */
const sendWayBack = async (trx: Trx, deps: Deps, { accountId, userId }: Reset): Promise<string | null> => {
  const user = await findUser(trx, accountId, userId)
  if (!user) return null
  const lifeMs = linkLifeMs.enrolment
  const token = await makeLink(trx, deps, {
    accountId,
    userId,
    purpose: 'enrolment',
    lifeMs,
    newestOnly: true,
  })
  await sendSystem(trx, deps, {
    accountId,
    userId,
    kind: 'mfa_reset_link',
    to: { email: user.email },
    language: user.language as 'en' | 'pl' | 'de',
    timeZone: user.time_zone,
    values: { token, at: deps.clock.now() },
  })
  return user.email
}

/**
 * Takes every second factor from a person and everything that rests on them: sessions, trusted browsers, open dialogues.
 * It chooses no factor; the person comes back by password and the mailed link.
 */
export const resetMfa = async (trx: Trx, deps: Deps, reset: Reset): Promise<void> => {
  const { accountId, userId, by, reason, where } = reset
  await lockPersonRow(trx, accountId, userId)
  const types = await clearFactors(trx, accountId, userId, addMs(deps.clock.now(), emailBarMs))
  await bumpEpoch(trx, accountId, userId)
  await endSessions(trx, accountId, userId)
  await cancelChallengesOf(trx, accountId, userId)
  const state = await findMfaState(trx, deps, accountId, userId)
  if (!state?.required) await demandLongerPassword(trx, accountId, userId)
  const email = await sendWayBack(trx, deps, reset)
  const at = where ? circumstances(deps, where) : { at: deps.clock.now() }
  const values = { ...at, change: 'reset' as const }
  await notify(trx, deps, { accountId, userId, kind: 'mfa_changed', values })
  await notifyAdministrators(trx, deps, {
    accountId,
    exceptUserId: userId,
    kind: 'mfa_changed',
    values: { ...values, ...(email ? { about: maskEmail(email) } : {}) },
  })
  await record(trx, deps, by, {
    action: 'mfa.reset',
    object: { type: 'user', id: userId },
    reason,
    diff: { before: { factors: types }, after: { factors: [] } },
  })
}
