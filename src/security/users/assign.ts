import { byActor, difference, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { invalidField, unprocessable } from '../../http/errors.ts'
import { isOperatorKey, type PermissionKey } from '../../http/permissions/contract.ts'
import { takeOverInvitation } from '../invitations/queries.ts'
import { isPermissionKey, withViews } from '../roles/effective.ts'
import { checkGrantable, checkLastOwner, escalationRefused, gainsOf } from '../roles/escalation.ts'
import { findRights, listRights, type Rights } from '../roles/grants.ts'
import { findRoles, type RoleRow } from '../roles/queries.ts'
import { endSessionsOfRaised } from '../roles/raise.ts'
import { keysOfRole } from '../roles/role.ts'
import { type Scopes, scopeAreas } from '../roles/scopes.ts'
import type { assignRoles, User } from './contract.ts'
import {
  listKnownIds,
  replaceUserPermissions,
  replaceUserRoles,
  type UserView,
  updateScopes,
} from './queries.ts'
import { toUser } from './view.ts'
import { getUserView, openPair, type UserWork } from './work.ts'

type Given = BodyOf<typeof assignRoles>

const readDirect = (texts: readonly string[]): readonly PermissionKey[] =>
  texts.map((text) => {
    if (!isPermissionKey(text) || isOperatorKey(text))
      throw unprocessable('unknown_permission', '', { permission: text })
    return text
  })

/** @throws AppError 422 `unknown_role`. */
export const readRoles = async (trx: Trx, accountId: string, ids: readonly string[]): Promise<RoleRow[]> => {
  const rows = await findRoles(trx, accountId, ids)
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined) throw unprocessable('unknown_role', '', { role_id: missing })
  return rows
}

/** @throws AppError 422 naming the first id that is nothing of this account. */
export const checkScopes = async (trx: Trx, accountId: string, scopes: Scopes): Promise<void> => {
  for (const area of scopeAreas) {
    const ids = scopes[area] ?? []
    const known = await listKnownIds(trx, accountId, area, ids)
    const at = ids.findIndex((id) => !known.includes(id))
    if (at >= 0) throw invalidField(`/scopes/${area}/${at}`, 'not_in_list', 'is not in this account')
  }
}

/** Only an owner makes owners; every key of a role must be the giver's own (security.md §4.4). */
export const checkRolesGrantable = (mine: Rights, roles: readonly RoleRow[], scopes: Scopes): void => {
  for (const role of roles) {
    if (role.built_in === 'owner' && !mine.owner) throw escalationRefused()
    checkGrantable(mine, keysOfRole(role), scopes)
  }
}

type Wanted = {
  readonly roles: readonly RoleRow[]
  readonly allow: readonly PermissionKey[]
  readonly deny: readonly PermissionKey[]
  readonly scopes: Scopes
}

/** What is left out of the body stays: a denial is never lifted by silence. */
const readWanted = async (trx: Trx, accountId: string, given: Given, view: UserView): Promise<Wanted> => {
  const deny = readDirect(given.deny ?? view.deny)
  const allow = readDirect(given.allow ?? view.allow).filter((key) => !deny.includes(key))
  const scopes = given.scopes ?? view.scopes
  if (given.role_ids.length === 0 && allow.length === 0)
    throw invalidField('/role_ids', 'min_items', 'needs a role, or direct permissions')
  await checkScopes(trx, accountId, given.scopes ?? {})
  return { roles: await readRoles(trx, accountId, given.role_ids), allow, deny, scopes }
}

const checkWanted = (mine: Rights, view: UserView, wanted: Wanted): void => {
  const had = new Set(view.roles.map((role) => role.id))
  checkRolesGrantable(
    mine,
    wanted.roles.filter((role) => !had.has(role.id)),
    wanted.scopes,
  )
  const allowed = wanted.allow.filter((key) => !view.allow.includes(key))
  checkGrantable(mine, withViews(allowed), wanted.scopes)
  const lifted = view.deny.filter(isPermissionKey).filter((key) => !wanted.deny.includes(key))
  checkGrantable(mine, lifted, wanted.scopes)
}

const store = async (trx: Trx, accountId: string, id: string, wanted: Wanted): Promise<void> => {
  await replaceUserRoles(
    trx,
    accountId,
    id,
    wanted.roles.map((role) => role.id),
  )
  await replaceUserPermissions(trx, accountId, id, [
    ...wanted.allow.map((key) => ({ key, allow: true })),
    ...wanted.deny.map((key) => ({ key, allow: false })),
  ])
  await updateScopes(trx, accountId, id, wanted.scopes)
}

const shownRights = (user: User) => ({
  role_ids: user.roles.map((role) => role.id),
  allow: user.allow,
  deny: user.deny,
  scopes: user.scopes,
})

/**
 * Sets roles, direct grants, denials and scopes of a person.
 * @throws AppError 403 `escalation_refused`, 409 `last_owner`, 422 `unknown_role`, `unknown_permission`.
 */
export const setRights = (work: UserWork, id: string, given: Given, ifMatch: number | null): Promise<User> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { deps, actor } = work
    const { accountId } = actor
    const { view, target, mine } = await openPair(trx, work, id, ifMatch)
    if (id === actor.userId) throw escalationRefused()
    const wanted = await readWanted(trx, accountId, given, view)
    checkWanted(mine, view, wanted)
    const before = await listRights(trx, accountId)
    await store(trx, accountId, id, wanted)
    checkLastOwner(before, await listRights(trx, accountId))
    const now = (await findRights(trx, accountId, id)) ?? target
    // Whatever else came together to more than before, a denial lifted by another role or a wider scope, is judged once more.
    checkGrantable(mine, gainsOf(target, now), now.scopes)
    await endSessionsOfRaised(trx, deps, actor, target, now)
    if (view.status === 'invited') await takeOverInvitation(trx, accountId, id, actor.userId)
    const after = toUser(await getUserView(trx, accountId, id))
    await record(trx, deps, byActor(actor), {
      action: 'role.assigned',
      object: { type: 'user', id },
      diff: difference(shownRights(toUser(view)), shownRights(after)),
    })
    return after
  })
