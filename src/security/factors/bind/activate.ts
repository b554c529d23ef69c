import { type AuditBy, record } from '../../../audit/index.ts'
import type { Trx } from '../../../db/pool.ts'
import type { Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { circumstances, notify } from '../../../system-stream/index.ts'
import type { Method } from '../../mfa/contract.ts'
import { deleteTrustedDevices, lockPersonRow } from '../../mfa/queries.ts'
import { findMfaState, type MfaState } from '../../mfa/state.ts'
import { forgetFailures } from '../counters/attempts.ts'
import type { Factor } from '../factor.ts'
import { listFactors } from '../list.ts'
import { type Activation, activatePending, deleteBound } from '../queries.ts'
import { makeRecoveryCodes, recoveryCodesLeft } from '../recovery/recovery-codes.ts'

/** Who binds, from where, and in whose name the record stands. */
export type Binder = {
  readonly accountId: string
  readonly userId: string
  readonly where: Where
  readonly by: AuditBy
  /** While signing in only a first factor may be bound: whoever has one that can be asked is asked for it. */
  readonly firstOnly?: boolean
}

export type Bound = {
  readonly factor: Factor
  /** Ten codes with the first factor, or where none were left; shown once. */
  readonly recoveryCodes: readonly string[] | null
  /** How the person stands with the new factor. */
  readonly state: MfaState
}

const tell = async (trx: Trx, deps: Deps, binder: Binder, type: Method, first: boolean): Promise<void> => {
  const { accountId, userId, where } = binder
  const at = circumstances(deps, where)
  if (type === 'passkey') await notify(trx, deps, { accountId, userId, kind: 'passkey_added', values: at })
  if (type === 'passkey' && !first) return
  const change = first ? ('on' as const) : ('changed' as const)
  await notify(trx, deps, { accountId, userId, kind: 'mfa_changed', values: { ...at, change } })
}

/**
 * Turns what was begun into a factor, and with it the browsers that were trusted before. `act` is what follows in the
 * same transaction; the records come last. Null when there is nothing to confirm any more.
 */
export const activate = async <T>(
  trx: Trx,
  deps: Deps,
  binder: Binder,
  factor: { readonly id: string; readonly type: Method; readonly given: Activation },
  act: (trx: Trx, bound: Bound) => Promise<T>,
): Promise<{ readonly result: T } | null> => {
  const { accountId, userId, by } = binder
  await lockPersonRow(trx, accountId, userId)
  const before = await listFactors(trx, accountId, userId)
  if (binder.firstOnly && ((await findMfaState(trx, deps, accountId, userId))?.ask.length ?? 1) > 0)
    return null
  if (factor.type !== 'passkey') await deleteBound(trx, accountId, userId, factor.type)
  if (!(await activatePending(trx, accountId, userId, factor.id, factor.given))) return null
  await forgetFailures(trx, { accountId, userId, factor: factor.type })
  await deleteTrustedDevices(trx, accountId, userId)
  const first = !before.some((one) => one.state === 'active')
  const needsCodes = first || (await recoveryCodesLeft(trx, accountId, userId)) === 0
  const recoveryCodes = needsCodes ? await makeRecoveryCodes(trx, accountId, userId) : null
  const state = await findMfaState(trx, deps, accountId, userId)
  const made = state?.factors.find((one) => one.id === factor.id)
  if (!state || !made) return null
  await tell(trx, deps, binder, factor.type, first)
  const result = await act(trx, { factor: made, recoveryCodes, state })
  await record(trx, deps, by, {
    action: 'factor.added',
    object: { type: 'factor', id: factor.id },
    diff: { after: { user_id: userId, type: factor.type } },
  })
  if (recoveryCodes)
    await record(trx, deps, by, {
      action: 'recovery_codes.created',
      object: { type: 'user', id: userId },
    })
  return { result }
}
