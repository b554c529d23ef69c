import { findDirectoryEntry } from '../../accounts/index.ts'
import { byVisitor, record } from '../../audit/index.ts'
import { useAccount as enterAccount, type Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { spendLimits } from '../limits.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import { findUser } from '../queries.ts'
import { openAccount, type Provision } from '../setup/people.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import type { SignUpGiven } from '../strangers/request.ts'
import { insertInvitedUser, replaceUserRoles } from '../users/queries.ts'

const mailsPerAddressMax = 3

const isFlooded = async (deps: Deps, email: string): Promise<boolean> => {
  const key = `sign-up:mail:${canonicalLogin(email)}`
  try {
    await spendLimits(deps.db, [{ key, max: mailsPerAddressMax, windowSeconds: 3_600 }])
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true
    throw error
  }
}

/** Somebody already signs in with that address: he is told, the stranger is not. */
const tellHolder = async (
  trx: Trx,
  deps: Deps,
  place: { target_account_id: string; target_id: string },
  where: Where,
): Promise<void> => {
  await enterAccount(trx, place.target_account_id)
  const user = await findUser(trx, place.target_account_id, place.target_id)
  if (!user) return
  await sendSystem(trx, deps, {
    accountId: place.target_account_id,
    userId: user.id,
    kind: 'sign_up_existing',
    to: { email: user.email },
    language: user.language as 'en' | 'pl' | 'de',
    timeZone: user.time_zone,
    values: circumstances(deps, where),
  })
}

/** The account waits as `pending`, its owner without password: nothing can be bound before the address is proven. */
const openPending = async (
  trx: Trx,
  deps: Deps,
  given: SignUpGiven,
  where: Where,
  provisions: readonly Provision[],
): Promise<void> => {
  const account = await openAccount(
    trx,
    deps,
    {
      name: given.account_name,
      status: 'pending',
      entitlements: deps.config.defaultEntitlements,
      owner: { email: given.email },
    },
    provisions,
  )
  const userId = uuidV7(deps.clock.now())
  await insertInvitedUser(trx, account.id, {
    id: userId,
    login: canonicalLogin(given.email),
    email: given.email,
    phone: null,
    firstName: given.first_name,
    lastName: given.last_name,
    language: given.language ?? 'en',
    timeZone: 'Europe/Warsaw',
    mfaSetting: 'off',
    scopes: {},
  })
  await replaceUserRoles(trx, account.id, userId, [account.ownerRoleId])
  const token = await makeLink(trx, deps, {
    accountId: account.id,
    userId,
    purpose: 'activation',
    lifeMs: linkLifeMs.activation,
  })
  await sendSystem(trx, deps, {
    accountId: account.id,
    userId,
    kind: 'activation',
    to: { email: given.email },
    language: given.language ?? 'en',
    values: { token },
  })
  await record(trx, deps, byVisitor(account.id, where, { userId }), {
    action: 'signup.requested',
    object: { type: 'account', id: account.id },
  })
}

/** The job behind POST /sign-up. */
export const makeSignUpAnswer =
  (provisions: readonly Provision[]) =>
  async (trx: Trx, deps: Deps, given: SignUpGiven, where: Where): Promise<void> => {
    if (await isFlooded(deps, given.email)) return
    const holder = await findDirectoryEntry(trx, 'login', canonicalLogin(given.email))
    if (holder) await tellHolder(trx, deps, holder, where)
    else await openPending(trx, deps, given, where, provisions)
  }
