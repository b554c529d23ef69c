import { record } from '../../audit/index.ts'
import { inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { BodyOf, QueryOf } from '../../http/contract.ts'
import { AppError, conflict, invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import { isOperatorKey, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'
import { isEmail } from '../../lib/email-address.ts'
import { deletePerson, findRights, inviteByOperator, listRights, type Rights } from '../../security/index.ts'
import { byStaff, type StaffWork } from '../work.ts'
import type { inviteStaff, listStaff, StaffMember } from './contract.ts'
import { findStaffRow, listStaffRows, lockStaff, type StaffRow } from './queries.ts'

const toMember = (row: StaffRow, rights: Rights | null): StaffMember => ({
  id: row.id,
  login: row.login,
  email: row.email,
  first_name: row.first_name,
  last_name: row.last_name,
  status:
    row.status === 'active' && !row.sign_in_allowed ? 'disabled' : (row.status as StaffMember['status']),
  permissions: [...(rights?.permissions ?? [])],
  factors: row.factors,
  last_sign_in_at: row.last_sign_in_at?.toISOString() ?? null,
})

export const listMembers = (work: StaffWork, query: QueryOf<typeof listStaff>) =>
  inAccount(work.deps.db, instanceAccountId, async (trx) => {
    const rights = await listRights(trx, instanceAccountId)
    return pageById(
      query,
      'staff',
      work.now,
      (after, limit) => listStaffRows(trx, after, limit),
      (row) => toMember(row, rights.find((one) => one.userId === row.id) ?? null),
    )
  })

const readKeys = (texts: readonly string[]): readonly PermissionKey[] => {
  const unknown = texts.filter((text) => !permissionKeys.some((key) => key === text && isOperatorKey(key)))
  if (unknown.length > 0) throw unprocessable('unknown_permission', '', { permissions: unknown })
  return permissionKeys.filter((key) => texts.includes(key))
}

/** @throws AppError 403 `escalation_refused` (nobody gives what he does not hold), 409 `email_taken`. */
export const inviteMember = (work: StaffWork, given: BodyOf<typeof inviteStaff>): Promise<StaffMember> => {
  const { deps, actor } = work
  if (!isEmail(given.email)) throw invalidField('/email', 'email_invalid', 'is not an e-mail address')
  const permissions = readKeys(given.permissions)
  const beyond = permissions.filter((key) => !actor.permissions.has(key))
  if (beyond.length > 0) throw new AppError('escalation_refused', 403, '', { permission: beyond[0] })
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockStaff(trx)
    const id = await inviteByOperator(trx, deps, {
      accountId: instanceAccountId,
      staffId: actor.userId,
      email: given.email,
      login: given.login,
      firstName: given.first_name,
      lastName: given.last_name,
      roleIds: [],
      permissions,
    })
    const member = await getMember(trx, id)
    await record(trx, deps, byStaff(actor, instanceAccountId), {
      action: 'staff.invited',
      object: { type: 'user', id },
      diff: { before: null, after: { email: given.email, login: given.login, permissions } },
    })
    return member
  })
}

const getMember = async (trx: Trx, id: string): Promise<StaffMember> => {
  const row = await findStaffRow(trx, id)
  if (!row) throw notFound()
  return toMember(row, await findRights(trx, instanceAccountId, id))
}

/** Somebody who can sign in and manage staff must stay, or nobody could ever invite again. */
const checkLast = async (trx: Trx, leavingId: string): Promise<void> => {
  const staying = (await listRights(trx, instanceAccountId)).filter((one) => one.userId !== leavingId)
  if (!staying.some((one) => one.maySignIn && one.permissions.has('operator.staff.manage')))
    throw conflict('last_staff')
}

/** @throws AppError 404, 403 `self_forbidden`, `escalation_refused`, 409 `last_staff`. */
export const removeMember = (work: StaffWork, id: string): Promise<null> => {
  const { deps, actor } = work
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockStaff(trx)
    const member = await getMember(trx, id)
    if (id === actor.userId) throw new AppError('self_forbidden', 403)
    await checkLast(trx, id)
    await deletePerson(trx, instanceAccountId, id)
    await record(trx, deps, byStaff(actor, instanceAccountId), {
      action: 'staff.deleted',
      object: { type: 'user', id },
      diff: { before: { login: member.login, email: member.email }, after: null },
    })
    return null
  })
}
