import { type AuditBy, record } from '../../../audit/index.ts'
import type { Trx } from '../../../db/pool.ts'
import type { Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { conflict, notFound } from '../../../http/errors.ts'
import { circumstances, notify } from '../../../system-stream/index.ts'
import type { Method } from '../../mfa/contract.ts'
import { deleteTrustedDevices, demandLongerPassword, lockPersonRow } from '../../mfa/queries.ts'
import { findCircumstance, judgeMfa } from '../../mfa/state.ts'
import { deleteFactor, findFactor } from '../queries.ts'
import { deleteCodes } from '../recovery/queries.ts'

type Removal = {
  readonly accountId: string
  readonly userId: string
  readonly factorId: string
  readonly where: Where
  readonly by: AuditBy
}

const tell = (trx: Trx, deps: Deps, removal: Removal, type: Method, change: 'off' | 'changed') => {
  const { accountId, userId, where } = removal
  const at = circumstances(deps, where)
  if (type === 'passkey' && change === 'changed')
    return notify(trx, deps, { accountId, userId, kind: 'passkey_removed', values: at })
  return notify(trx, deps, { accountId, userId, kind: 'mfa_changed', values: { ...at, change } })
}

/**
 * Takes a factor away, unless what the operator, the account or the user's setting demands would no longer be met.
 * @throws AppError 404, 409 `factor_required`.
 */
export const removeOwnFactor = async (trx: Trx, deps: Deps, removal: Removal): Promise<void> => {
  const { accountId, userId, factorId, by } = removal
  const person = await lockPersonRow(trx, accountId, userId)
  const row = person && (await findFactor(trx, accountId, userId, factorId))
  if (!person || !row) throw notFound()
  const type = row.type as Method
  if (row.state === 'pending') {
    await deleteFactor(trx, accountId, userId, factorId)
    return
  }
  const now = await findCircumstance(trx, deps, accountId, person)
  const factors = now.factors.filter((one) => one.id !== factorId)
  const before = judgeMfa(now)
  const after = judgeMfa({ ...now, factors })
  if (before.met && !after.met) throw conflict('factor_required')
  await deleteFactor(trx, accountId, userId, factorId)
  await deleteTrustedDevices(trx, accountId, userId)
  if (factors.length === 0) await deleteCodes(trx, accountId, userId)
  if (before.required && !after.required) await demandLongerPassword(trx, accountId, userId)
  await tell(trx, deps, removal, type, before.required && !after.required ? 'off' : 'changed')
  await record(trx, deps, by, {
    action: 'factor.removed',
    object: { type: 'factor', id: factorId },
    diff: { before: { user_id: userId, type } },
  })
}
