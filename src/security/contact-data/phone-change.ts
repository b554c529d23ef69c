import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, notFound } from '../../http/errors.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { openChallenge, sessionBinding, verifyChallenge } from '../challenges/engine.ts'
import { findUser, type UserRow } from '../queries.ts'
import { checkMobile, phoneIsNeeded } from '../users/phone.ts'
import { lockUser, setPhone } from './queries.ts'

/** Mailbox and old number: whoever moved it may not be who he says. */
const tell = async (trx: Trx, deps: Deps, actor: Actor, user: UserRow): Promise<void> => {
  const proven = user.phone !== null && user.phone_verified_at !== null ? [{ phone: user.phone }] : []
  for (const to of [{ email: user.email }, ...proven]) {
    await sendSystem(trx, deps, {
      accountId: user.account_id,
      userId: user.id,
      kind: 'phone_changed',
      to,
      language: user.language as 'en' | 'pl' | 'de',
      timeZone: user.time_zone,
      values: circumstances(deps, actor.where),
    })
  }
}

/**
 * Sends a code to the new number; the old one stays until it is answered.
 * @throws AppError 403 `email_unverified`, 422 `phone_not_allowed`, 429 `sms_limited`.
 */
export const askForPhone = async (deps: Deps, actor: Actor, given: { phone: string }) => {
  const { accountId, userId } = actor
  await inAccount(deps.db, accountId, async (trx) => {
    const user = await findUser(trx, accountId, userId)
    if (!user?.email_verified_at) throw new AppError('email_unverified', 403)
    await checkMobile(trx, accountId, given.phone)
  })
  const challenge = await openChallenge(deps, {
    accountId,
    userId,
    purpose: 'phone_change',
    method: 'sms',
    binding: sessionBinding(actor),
    destination: given.phone,
    payload: { phone: given.phone },
    where: actor.where,
  })
  return { challenge }
}

const store = async (trx: Trx, deps: Deps, actor: Actor, phone: string | null): Promise<void> => {
  const user = await lockUser(trx, actor.accountId, actor.userId)
  if (!user) throw notFound()
  await setPhone(trx, actor.accountId, actor.userId, phone)
  await tell(trx, deps, actor, user)
  await record(trx, deps, byActor(actor), {
    action: 'user.phone_changed',
    object: { type: 'user', id: actor.userId },
    diff: { before: { phone: user.phone }, after: { phone } },
  })
}

/** @throws AppError 400 `code_malformed`, 403 `code_wrong`, `challenge_closed`. */
export const provePhone = (deps: Deps, actor: Actor, given: { challenge_id: string; code: string }) =>
  verifyChallenge(
    deps,
    {
      id: given.challenge_id,
      binding: sessionBinding(actor),
      kind: 'session',
      purposes: ['phone_change'],
      proof: { code: given.code },
      where: actor.where,
    },
    (trx, { row }) => store(trx, deps, actor, String((row.payload as Record<string, unknown>)['phone'])),
  )

/** @throws AppError 409 `factor_required` while the number is what sign-in asks for. */
export const removePhone = (deps: Deps, actor: Actor): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    if (await phoneIsNeeded(trx, deps, actor.accountId, actor.userId)) throw conflict('factor_required')
    await store(trx, deps, actor, null)
  })
