import { findAccount } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, notFound } from '../../http/errors.ts'
import type { PermissionKey } from '../../http/permissions/contract.ts'
import { addMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { sendSystem } from '../../system-stream/index.ts'
import { linkLifeMs, makeLink } from '../links/index.ts'
import { canonicalLogin } from '../sign-in/person.ts'
import { insertInvitedUser, replaceUserPermissions, replaceUserRoles } from '../users/queries.ts'
import { insertInvitation } from './queries.ts'

export type InvitedByOperator = {
  readonly accountId: string
  readonly staffId: string
  readonly email: string
  readonly login?: string
  readonly firstName: string
  readonly lastName: string
  readonly language?: 'en' | 'pl' | 'de'
  readonly roleIds: readonly string[]
  /** Operator keys, for staff, who have no roles. */
  readonly permissions: readonly PermissionKey[]
}

const insertPerson = async (trx: Trx, deps: Deps, given: InvitedByOperator) => {
  const account = await findAccount(trx, given.accountId)
  if (!account) throw notFound()
  const id = uuidV7(deps.clock.now())
  const language = given.language ?? (account.default_language as 'en' | 'pl' | 'de')
  const made = await insertInvitedUser(trx, given.accountId, {
    id,
    login: canonicalLogin(given.login ?? given.email),
    email: given.email,
    phone: null,
    firstName: given.firstName,
    lastName: given.lastName,
    language,
    timeZone: account.time_zone,
    mfaSetting: 'off',
    scopes: {},
  })
  if (!made) throw conflict('email_taken')
  return { id, language }
}

/**
 * The first owner of a new account, or a new member of staff: invited from outside the account, by the same link as
 * everybody. Answers the id of the user.
 * @throws AppError 409 `email_taken`.
 */
export const inviteByOperator = async (trx: Trx, deps: Deps, given: InvitedByOperator): Promise<string> => {
  const { accountId, email } = given
  const person = await insertPerson(trx, deps, given)
  await replaceUserRoles(trx, accountId, person.id, given.roleIds)
  const direct = given.permissions.map((key) => ({ key, allow: true }))
  await replaceUserPermissions(trx, accountId, person.id, direct)
  const id = uuidV7(deps.clock.now())
  const lifeMs = linkLifeMs.invitation
  const expiresAt = addMs(deps.clock.now(), lifeMs)
  await insertInvitation(trx, accountId, {
    id,
    userId: person.id,
    email,
    invitedBy: given.staffId,
    expiresAt,
    origin: 'operator',
  })
  const token = await makeLink(trx, deps, {
    accountId,
    userId: person.id,
    purpose: 'invitation',
    lifeMs,
    detail: { invitation_id: id },
    newestOnly: true,
  })
  await sendSystem(trx, deps, {
    accountId,
    userId: person.id,
    kind: 'invitation',
    to: { email },
    language: person.language,
    values: { token },
  })
  return person.id
}
