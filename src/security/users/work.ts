import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound, versionConflict } from '../../http/errors.ts'
import { checkAbove } from '../roles/escalation.ts'
import { findRights, type Rights } from '../roles/grants.ts'
import { lockRights } from '../roles/queries.ts'
import { rightsOfActor } from '../roles/role.ts'
import { findUserView, type UserView } from './queries.ts'

/** What passes from a deleted person to another; composed in app.ts from the features that own such things. */
export type Handover = (
  trx: Trx,
  accountId: string,
  from: { readonly userId: string },
  to: { readonly userId: string },
) => Promise<void>

export type UserWork = { readonly deps: Deps; readonly actor: Actor }

export type Pair = { readonly view: UserView; readonly target: Rights; readonly mine: Rights }

export const getUserView = async (trx: Trx, accountId: string, id: string): Promise<UserView> => {
  const view = await findUserView(trx, accountId, id)
  if (!view) throw notFound()
  return view
}

/**
 * Both people of an act on a user, under the lock of the account's rights.
 * @throws AppError 404, 412 `version_conflict`, 403 `escalation_refused` when the target stands above the actor.
 */
export const openPair = async (
  trx: Trx,
  { actor }: UserWork,
  id: string,
  ifMatch: number | null,
): Promise<Pair> => {
  const { accountId } = actor
  await lockRights(trx, accountId)
  const view = await getUserView(trx, accountId, id)
  if (ifMatch !== null && ifMatch !== view.version) throw versionConflict()
  const target = await findRights(trx, accountId, id)
  if (!target) throw notFound()
  const mine = await rightsOfActor(trx, actor)
  checkAbove(mine, target)
  return { view, target, mine }
}
