import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccount } from '../../accounts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { markProven } from '../devices/index.ts'
import { consumeLink, type Link, linkRefused, peekLink } from '../links/index.ts'
import { acceptPassword, lengthMinOf } from '../passwords/accept.ts'
import { makeSealedPassword } from '../passwords/sealed-password.ts'
import { findUser } from '../queries.ts'
import { lockRights } from '../roles/queries.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { activateNewcomer } from '../users/activate.ts'
import { openActivated } from './queries.ts'

const purpose = 'activation'

const openSignUp = async (trx: Trx, deps: Deps, link: Link) => {
  const { accountId, userId } = link
  const user = userId === null ? undefined : await findUser(trx, accountId, userId)
  const account = await findAccount(trx, accountId)
  if (user?.status !== 'invited' || account?.status !== 'pending') throw linkRefused()
  return { user, account, lengthMin: await lengthMinOf(trx, deps, accountId, user.id) }
}

export const inspectSignUp = async (deps: Deps, token: string) => {
  const link = await peekLink(deps, purpose, token)
  const open = await inAccount(deps.db, link.accountId, (trx) => openSignUp(trx, deps, link))
  return { account_name: open.account.name, min_length: open.lengthMin }
}

/**
 * The address is proven: the owner chooses a password, and the account opens for trying out. It sends to nobody outside
 * until the operator makes it active.
 * @throws AppError 400 `link_refused`, also when the address became somebody's login meanwhile, 422 `password_weak`.
 */
export const completeSignUp = async (
  deps: Deps,
  given: { token: string; password: string },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) => {
  const link = await peekLink(deps, purpose, given.token)
  const { accountId } = link
  const { user, account, lengthMin } = await inAccount(deps.db, accountId, (trx) =>
    openSignUp(trx, deps, link),
  )
  const login = canonicalLogin(user.email)
  await acceptPassword(
    deps,
    given.password,
    { login, email: user.email, accountName: account.name },
    lengthMin,
  )
  const passwordSealed = await makeSealedPassword(deps.keys, user.id, given.password)
  const where = whereOf(request)
  await inAccount(deps.db, accountId, async (trx) => {
    await lockRights(trx, accountId)
    await consumeLink(trx, deps, purpose, given.token)
    await openSignUp(trx, deps, link)
    await openActivated(trx, accountId)
    await markProven(trx, deps, { accountId, userId: user.id }, reply)
    await activateNewcomer(trx, deps, where, {
      accountId,
      userId: user.id,
      login,
      password: given.password,
      passwordSealed,
      action: 'signup.verified',
    })
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'login_taken' ? linkRefused() : error
  })
  return { status: 'activated' as const, login }
}
