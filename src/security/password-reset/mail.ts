import { byVisitor, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import type { UserRow } from '../queries.ts'

/** Mails a fresh link to a new password; the former ones die. The transaction stands in the user's account. */
export const mailPasswordReset = async (
  trx: Trx,
  deps: Deps,
  user: Pick<UserRow, 'account_id' | 'id' | 'email' | 'language' | 'time_zone' | 'first_name' | 'last_name'>,
  where: Where,
): Promise<void> => {
  const accountId = user.account_id
  const token = await makeLink(trx, deps, {
    accountId,
    userId: user.id,
    purpose: 'password_reset',
    lifeMs: linkLifeMs.password_reset,
    newestOnly: true,
  })
  await sendSystem(trx, deps, {
    accountId,
    userId: user.id,
    kind: 'password_reset',
    to: { email: user.email },
    language: user.language as 'en' | 'pl' | 'de',
    timeZone: user.time_zone,
    values: { token, ...circumstances(deps, where) },
  })
  const name = `${user.first_name} ${user.last_name}`
  await record(trx, deps, byVisitor(accountId, where, { userId: user.id, name }), {
    action: 'password.reset_requested',
    object: { type: 'user', id: user.id },
  })
}
