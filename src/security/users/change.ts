import { byActor, difference, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { checkLastOwner } from '../roles/escalation.ts'
import { listRights } from '../roles/grants.ts'
import { bumpEpoch, endSessions } from '../sessions/session.ts'
import type { changeUser, User } from './contract.ts'
import { checkMobile, phoneIsNeeded } from './phone.ts'
import { type UserChange, type UserView, updateUser } from './queries.ts'
import { toUser } from './view.ts'
import { getUserView, openPair, type UserWork } from './work.ts'

type Given = BodyOf<typeof changeUser>

const dayPattern = /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/
const isDay = (text: string): boolean =>
  dayPattern.test(text) && new Date(`${text}T00:00:00Z`).toISOString?.().slice(0, 10) === text

const checkShape = (given: Given): void => {
  if (given.time_zone !== undefined && !isTimeZone(given.time_zone))
    throw invalidField('/time_zone', 'not_in_list', 'is not an IANA time zone')
  if (typeof given.valid_until === 'string' && !isDay(given.valid_until))
    throw invalidField('/valid_until', 'format', 'is not a day')
}

/** Nobody shuts himself out, and the own number is changed where the new one must prove itself. */
const checkSelf = (given: Given, view: UserView): void => {
  const shutsOut = given.sign_in_allowed === false || typeof given.valid_until === 'string'
  if (shutsOut || (given.phone !== undefined && given.phone !== view.phone)) throw conflict('self_forbidden')
}

const statusOf = (view: UserView, allowed: boolean): UserChange['status'] => {
  if (view.status === 'invited') return 'invited'
  return allowed ? 'active' : 'disabled'
}

const toChange = (given: Given, view: UserView, now: Date): UserChange => {
  const { phone, sign_in_allowed: allowed, ...plain } = given
  return {
    ...plain,
    ...(phone === undefined || phone === view.phone ? {} : { phone, phone_verified_at: null }),
    ...(allowed === undefined || allowed === view.sign_in_allowed
      ? {}
      : {
          sign_in_allowed: allowed,
          status: statusOf(view, allowed) ?? 'active',
          disabled_at: allowed ? null : now,
        }),
  }
}

/** Mailbox and old number learn of the new one: whoever moved it may not be who he says. */
const tellPhoneChanged = async (trx: Trx, work: UserWork, view: UserView): Promise<void> => {
  const { deps, actor } = work
  const proven = view.phone !== null && view.phone_verified_at !== null ? [{ phone: view.phone }] : []
  for (const to of [{ email: view.email }, ...proven]) {
    await sendSystem(trx, deps, {
      accountId: actor.accountId,
      userId: view.id,
      kind: 'phone_changed',
      to,
      language: view.language,
      timeZone: view.time_zone,
      values: circumstances(deps, actor.where),
    })
  }
}

const actionOf = (change: UserChange) => {
  if (change.sign_in_allowed === false) return 'user.disabled' as const
  if (change.sign_in_allowed === true) return 'user.enabled' as const
  return change.phone === undefined ? ('user.changed' as const) : ('user.phone_changed' as const)
}

const checkPhone = async (trx: Trx, work: UserWork, given: Given, view: UserView): Promise<void> => {
  const { accountId } = work.actor
  if (given.phone === undefined || given.phone === view.phone) return
  if (given.phone === null) {
    if (await phoneIsNeeded(trx, work.deps, accountId, view.id)) throw conflict('factor_required')
    return
  }
  await checkMobile(trx, accountId, given.phone)
}

/**
 * Changes a person as an administrator may (security.md §5.6); a changed number becomes unproven.
 * @throws AppError 403 `escalation_refused`, 409 `self_forbidden`, `factor_required`, `last_owner`, 422 `phone_not_allowed`.
 */
export const editUser = (work: UserWork, id: string, given: Given, ifMatch: number | null): Promise<User> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { deps, actor } = work
    const { accountId } = actor
    checkShape(given)
    const { view, target } = await openPair(trx, work, id, ifMatch)
    if (id === actor.userId) checkSelf(given, view)
    await checkPhone(trx, work, given, view)
    const before = target.owner ? await listRights(trx, accountId) : []
    const change = toChange(given, view, deps.clock.now())
    await updateUser(trx, accountId, id, change)
    if (target.owner) checkLastOwner(before, await listRights(trx, accountId))
    if (change.sign_in_allowed === false) {
      await bumpEpoch(trx, accountId, id)
      await endSessions(trx, accountId, id)
    }
    if (change.phone !== undefined && view.status !== 'invited') await tellPhoneChanged(trx, work, view)
    const after = await getUserView(trx, accountId, id)
    await record(trx, deps, byActor(actor), {
      action: actionOf(change),
      object: { type: 'user', id },
      diff: difference(toUser(view), toUser(after)),
    })
    return toUser(after)
  })
