import {
  effectiveEntitlements,
  entitledNumber,
  findAccount,
  findDirectoryEntry,
  listEntitlementOverrides,
} from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { AppError, conflict, invalidField, notFound } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import { findUser } from '../queries.ts'
import { lockRights } from '../roles/queries.ts'
import { rightsOfActor } from '../roles/role.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { checkRolesGrantable, checkScopes, readRoles } from '../users/assign.ts'
import { checkMobile } from '../users/phone.ts'
import { countUsers, insertInvitedUser, replaceUserRoles } from '../users/queries.ts'
import type { UserWork } from '../users/work.ts'
import type { createInvitation, Invitation } from './contract.ts'
import { findInvitation, insertInvitation } from './queries.ts'
import { checkInvitedSetting } from './second-factor.ts'
import { toInvitation } from './view.ts'

type Given = BodyOf<typeof createInvitation>

/** @throws AppError 403 `limit_reached` with what is used. */
const checkUserLimit = async (trx: Trx, accountId: string): Promise<void> => {
  const entitlements = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
  const limit = entitledNumber(entitlements, 'limit.users')
  const used = await countUsers(trx, accountId)
  if (used >= limit) throw new AppError('limit_reached', 403, '', { limit_key: 'limit.users', limit, used })
}

/** Sends the link; the former ones of this person are dead. */
export const sendInvitation = async (
  trx: Trx,
  work: UserWork,
  invitation: { id: string; userId: string; email: string },
): Promise<void> => {
  const { deps, actor } = work
  const { accountId } = actor
  const token = await makeLink(trx, deps, {
    accountId,
    userId: invitation.userId,
    purpose: 'invitation',
    lifeMs: linkLifeMs.invitation,
    detail: { invitation_id: invitation.id },
    newestOnly: true,
  })
  const user = await findUser(trx, accountId, invitation.userId)
  await sendSystem(trx, deps, {
    accountId,
    userId: invitation.userId,
    kind: 'invitation',
    to: { email: invitation.email },
    language: (user?.language ?? 'en') as 'en' | 'pl' | 'de',
    values: { token },
  })
}

/** An address that is a login elsewhere answers like a free one; its holder learns of it (security.md §4.3). */
const tellHolder = async (work: UserWork, email: string): Promise<void> => {
  const { deps } = work
  const entry = await findDirectoryEntry(deps.db, 'login', canonicalLogin(email))
  if (!entry || entry.target_account_id === work.actor.accountId) return
  await inAccount(deps.db, entry.target_account_id, async (trx) => {
    const holder = await findUser(trx, entry.target_account_id, entry.target_id)
    if (!holder) return
    await sendSystem(trx, deps, {
      accountId: entry.target_account_id,
      userId: holder.id,
      kind: 'email_taken',
      to: { email: holder.email },
      language: holder.language as 'en' | 'pl' | 'de',
      values: circumstances(deps, { address: null, agent: '' }),
    })
  })
}

const insertPerson = async (trx: Trx, { deps, actor }: UserWork, given: Given, email: string) => {
  const account = await findAccount(trx, actor.accountId)
  if (!account) throw notFound()
  const id = uuidV7(deps.clock.now())
  const made = await insertInvitedUser(trx, actor.accountId, {
    id,
    login: canonicalLogin(email),
    email,
    phone: given.phone ?? null,
    firstName: given.first_name,
    lastName: given.last_name,
    language: given.language ?? (account.default_language as 'en' | 'pl' | 'de'),
    timeZone: account.time_zone,
    mfaSetting: given.mfa_setting ?? 'off',
    scopes: given.scopes ?? {},
  })
  if (!made) throw conflict('email_taken')
  return id
}

const invite = async (trx: Trx, work: UserWork, given: Given, email: string): Promise<Invitation> => {
  const { deps, actor } = work
  const { accountId } = actor
  await lockRights(trx, accountId)
  const mine = await rightsOfActor(trx, actor)
  const roles = await readRoles(trx, accountId, given.role_ids)
  await checkScopes(trx, accountId, given.scopes ?? {})
  checkRolesGrantable(mine, roles, given.scopes ?? {})
  if (given.phone !== undefined) await checkMobile(trx, accountId, given.phone)
  await checkInvitedSetting(trx, accountId, given.mfa_setting ?? 'off', given.phone ?? null)
  await checkUserLimit(trx, accountId)
  const userId = await insertPerson(trx, work, given, email)
  await replaceUserRoles(trx, accountId, userId, given.role_ids)
  const id = uuidV7(deps.clock.now())
  const expiresAt = addMs(deps.clock.now(), linkLifeMs.invitation)
  await insertInvitation(trx, accountId, { id, userId, email, invitedBy: actor.userId, expiresAt })
  await sendInvitation(trx, work, { id, userId, email })
  await record(trx, deps, byActor(actor), {
    action: 'user.invited',
    object: { type: 'user', id: userId },
    diff: { before: null, after: { email, role_ids: given.role_ids } },
  })
  const row = await findInvitation(trx, accountId, id)
  if (!row) throw notFound()
  return toInvitation(row)
}

/**
 * Makes a user who is still to come and mails the link.
 * @throws AppError 403 `escalation_refused`, `mfa_not_entitled`, `limit_reached`, 409 `email_taken`, 422 `unknown_role`,
 * `phone_required`, `phone_not_allowed`.
 */
export const addInvitation = async (work: UserWork, given: Given): Promise<Invitation> => {
  const parsed = parseEmail(given.email)
  if (!parsed) throw invalidField('/email', 'email_invalid', 'is not an e-mail address')
  const made = await inAccount(work.deps.db, work.actor.accountId, (trx) =>
    invite(trx, work, given, parsed.address),
  )
  await tellHolder(work, parsed.address)
  return made
}
