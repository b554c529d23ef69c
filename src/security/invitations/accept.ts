import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccount, findDirectoryEntry } from '../../accounts/index.ts'
import { useAccount as enterAccount, inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import { whereOf } from '../../http/client-address.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField } from '../../http/errors.ts'
import { markProven } from '../devices/index.ts'
import { consumeLink, type Link, linkRefused, peekLink } from '../links/index.ts'
import { requireInside } from '../links/inside.ts'
import { acceptPassword, lengthMinOf } from '../passwords/accept.ts'
import { makeSealedPassword } from '../passwords/sealed-password.ts'
import { findUser, type UserRow } from '../queries.ts'
import { findRights } from '../roles/grants.ts'
import { findRoles, lockRights } from '../roles/queries.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { activateNewcomer } from '../users/activate.ts'
import { checkRolesGrantable } from '../users/assign.ts'
import type { acceptInvitation } from './contract.ts'
import { closeInvitation, findInvitation, type InvitationRow } from './queries.ts'

type Open = {
  readonly accountId: string
  readonly accountName: string
  readonly user: UserRow
  readonly invitation: InvitationRow
  readonly lengthMin: number
}

/** Staff stand outside the account they invite to: their own rights say whether they still may. */
const checkStaffInviter = async (trx: Trx, accountId: string, invitation: InvitationRow): Promise<void> => {
  await enterAccount(trx, instanceAccountId)
  const inviter = await findRights(trx, instanceAccountId, invitation.invited_by)
  await enterAccount(trx, accountId)
  const invited = await findRights(trx, accountId, invitation.user_id)
  const amongStaff = accountId === instanceAccountId
  const key = amongStaff ? 'operator.staff.manage' : 'operator.accounts.manage'
  const beyond = [...(invited?.permissions ?? [])].some((one) => amongStaff && !inviter?.permissions.has(one))
  if (!inviter?.maySignIn || !inviter.permissions.has(key) || beyond) throw linkRefused()
}

/** Whoever invited must still be there and hold what the invited person is to get (security.md §4.3). */
const checkInviter = async (trx: Trx, accountId: string, invitation: InvitationRow): Promise<void> => {
  if (invitation.origin === 'operator') return checkStaffInviter(trx, accountId, invitation)
  const inviter = await findRights(trx, accountId, invitation.invited_by)
  const invited = await findRights(trx, accountId, invitation.user_id)
  if (!inviter?.maySignIn || !invited || !inviter.permissions.has('account.users.manage')) throw linkRefused()
  try {
    checkRolesGrantable(inviter, await findRoles(trx, accountId, invitation.role_ids), invited.scopes)
  } catch (error) {
    throw error instanceof AppError ? linkRefused() : error
  }
}

const openInvitation = async (trx: Trx, deps: Deps, link: Link): Promise<Open> => {
  const { accountId, userId } = link
  const invitation = await findInvitation(trx, accountId, String(link.detail['invitation_id']))
  const user = userId === null ? undefined : await findUser(trx, accountId, userId)
  const account = await findAccount(trx, accountId)
  const open = invitation?.status === 'pending' && !invitation.overdue && invitation.user_id === userId
  const welcome = user?.status === 'invited' && user.sign_in_allowed
  const alive = account !== undefined && account.status !== 'closed' && account.status !== 'pending'
  if (!invitation || !user || !open || !welcome || !alive) throw linkRefused()
  await checkInviter(trx, accountId, invitation)
  const lengthMin = await lengthMinOf(trx, deps, accountId, user.id)
  return { accountId, accountName: account.name, user, invitation, lengthMin }
}

export const inspectInvited = async (deps: Deps, token: string) => {
  const link = await peekLink(deps, 'invitation', token)
  const open = await inAccount(deps.db, link.accountId, (trx) => openInvitation(trx, deps, link))
  return {
    account_name: open.accountName,
    email: open.user.email,
    first_name: open.user.first_name,
    last_name: open.user.last_name,
    min_length: open.lengthMin,
    login_free: (await findDirectoryEntry(deps.db, 'login', canonicalLogin(open.user.login))) === null,
  }
}

/** A login that looks like an address must be the proven one: nobody takes a stranger's. */
const readLogin = (given: string | undefined, user: UserRow): string => {
  const login = canonicalLogin(given ?? user.login)
  if (login.includes('@') && login !== canonicalLogin(user.email))
    throw invalidField('/login', 'email_invalid', 'must be the invited address or no address at all')
  return login
}

type Given = BodyOf<typeof acceptInvitation>
type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/**
 * Consumes the link and makes the invited person a user, in one transaction; never a session.
 * @throws AppError 400 `link_refused`, 409 `login_taken`, 422 `password_weak`.
 */
export const acceptInvited = async (deps: Deps, given: Given, { request, reply }: Http) => {
  const link = await peekLink(deps, 'invitation', given.token)
  const where = whereOf(request)
  const open = await inAccount(deps.db, link.accountId, async (trx) => {
    const found = await openInvitation(trx, deps, link)
    await requireInside(trx, { accountId: link.accountId, userId: found.user.id }, where)
    return found
  })
  const { accountId, user } = open
  const login = readLogin(given.login, user)
  const context = { login, email: user.email, accountName: open.accountName }
  await acceptPassword(deps, given.password, context, open.lengthMin)
  const passwordSealed = await makeSealedPassword(deps.keys, user.id, given.password)
  await inAccount(deps.db, accountId, async (trx) => {
    await lockRights(trx, accountId)
    await consumeLink(trx, deps, 'invitation', given.token)
    const { invitation } = await openInvitation(trx, deps, link)
    await closeInvitation(trx, accountId, invitation.id, 'accepted')
    await markProven(trx, deps, { accountId, userId: user.id }, reply)
    await activateNewcomer(trx, deps, where, {
      accountId,
      userId: user.id,
      login,
      password: given.password,
      passwordSealed,
      firstName: given.first_name,
      lastName: given.last_name,
      action: 'user.activated',
    })
  })
  return { status: 'activated' as const, login }
}
