import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField } from '../../http/errors.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { spendLimits } from '../limits.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import { findByEmail, lockUser } from './queries.ts'

const perHourMax = 5

/** Somebody else of the account has that address: he is told, the asker learns nothing. */
const tellHolder = async (trx: Trx, deps: Deps, actor: Actor, email: string): Promise<boolean> => {
  const holder = await findByEmail(trx, actor.accountId, email)
  if (!holder) return false
  await sendSystem(trx, deps, {
    accountId: actor.accountId,
    userId: holder.id,
    kind: 'email_taken',
    to: { email: holder.email },
    language: holder.language as 'en' | 'pl' | 'de',
    timeZone: holder.time_zone,
    values: circumstances(deps, actor.where),
  })
  return true
}

/** Mails the link that proves the new address; nothing changes before it is used. */
export const askForEmail = async (deps: Deps, actor: Actor, given: { email: string }): Promise<void> => {
  const parsed = parseEmail(given.email)
  if (!parsed) throw invalidField('/email', 'email_invalid', 'is not an e-mail address')
  const { accountId, userId } = actor
  await spendLimits(deps.db, [{ key: `email-change:${userId}`, max: perHourMax, windowSeconds: 3_600 }])
  await inAccount(deps.db, accountId, async (trx) => {
    const user = await lockUser(trx, accountId, userId)
    if (!user) throw new AppError('unauthenticated', 401)
    if (!(await tellHolder(trx, deps, actor, parsed.address))) {
      const token = await makeLink(trx, deps, {
        accountId,
        userId,
        purpose: 'email_change',
        lifeMs: linkLifeMs.email_change,
        detail: { email: parsed.address },
        newestOnly: true,
      })
      await sendSystem(trx, deps, {
        accountId,
        userId,
        kind: 'email_change_confirm',
        to: { email: parsed.address },
        language: user.language as 'en' | 'pl' | 'de',
        timeZone: user.time_zone,
        values: { token, ...circumstances(deps, actor.where) },
      })
    }
    await record(trx, deps, byActor(actor), {
      action: 'user.changed',
      object: { type: 'user', id: userId },
      reason: 'email_change_requested',
    })
  })
}
