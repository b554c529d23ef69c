import { type AuditBy, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { maskEmail } from '../../lib/masking.ts'
import { circumstances, notify, notifyAdministrators } from '../../system-stream/index.ts'
import { deleteSettingFactors, insertSettingFactor } from '../factors/queries.ts'
import { type Method, methods, type Setting } from './contract.ts'
import { allowedMethods, resolvePolicy, strengthOf } from './policy.ts'
import {
  deleteTrustedDevices,
  demandLongerPassword,
  endWeakSessions,
  type PersonRow,
  setMfaSetting,
} from './queries.ts'
import { type Circumstance, findMfaState } from './state.ts'

export type SettingRefusal = 'below_floor' | 'methods_empty' | 'phone_required' | 'email_unverified'

const isMethod = (setting: Setting): setting is Method => methods.some((method) => method === setting)

/** Why this choice cannot be saved for the person; null when it can. */
export const refusalOf = (setting: Setting, given: Circumstance): SettingRefusal | null => {
  const { person, grant, policy, administrator } = given
  if (setting === 'off') {
    const user = { setting, administrator, staff: person.instance }
    return resolvePolicy(grant, policy, user, []).by === 'operator' ? 'below_floor' : null
  }
  const allowed = allowedMethods(grant, policy)
  if (allowed.length === 0 || (isMethod(setting) && !allowed.includes(setting))) return 'methods_empty'
  if (setting === 'sms' && person.phone === null) return 'phone_required'
  return setting === 'email' && person.email_verified_at === null ? 'email_unverified' : null
}

/**
 * Stores the choice. Mail and SMS need no binding: their address and number stand at the user; a number that has not
 * proven itself is proven by the first right code. Judges nothing: who calls has.
 */
export const applySetting = async (
  trx: Trx,
  deps: Pick<Deps, 'clock'>,
  accountId: string,
  person: Pick<PersonRow, 'id' | 'phone_verified_at' | 'email_verified_at'>,
  setting: Setting,
): Promise<void> => {
  await setMfaSetting(trx, accountId, person.id, setting)
  await deleteSettingFactors(
    trx,
    accountId,
    person.id,
    setting === 'email' || setting === 'sms' ? setting : null,
  )
  if (setting !== 'email' && setting !== 'sms') return
  const provenAt = setting === 'email' ? person.email_verified_at : person.phone_verified_at
  await insertSettingFactor(trx, accountId, {
    id: uuidV7(deps.clock.now()),
    userId: person.id,
    type: setting,
    proven: provenAt !== null,
  })
}

const rank = (setting: Setting): number => {
  if (setting === 'off') return -2
  return setting === 'own_choice' ? -1 : strengthOf(setting)
}

type Change = {
  readonly accountId: string
  readonly setting: Setting
  readonly by: AuditBy
  readonly where: Where
  /** The caller's own session lives on, whatever he sets for himself. */
  readonly keptSessionId: string
}

const tell = async (trx: Trx, deps: Deps, change: Change, person: PersonRow): Promise<void> => {
  const { accountId, setting, where } = change
  const before = person.mfa_setting
  const word =
    setting === 'off' ? ('off' as const) : before === 'off' ? ('on' as const) : ('changed' as const)
  const values = { ...circumstances(deps, where), change: word }
  await notify(trx, deps, { accountId, userId: person.id, kind: 'mfa_changed', values })
  if (rank(setting) >= rank(before)) return
  // Weakening is told to everybody who guards the account (principle 11).
  await notifyAdministrators(trx, deps, {
    accountId,
    exceptUserId: person.id,
    kind: 'mfa_changed',
    values: { ...values, about: maskEmail(person.email) },
  })
}

/**
 * Changes the setting of one person whose row is locked and who was judged: trusted browsers are asked again, sessions
 * that do not meet it end. Answers whether anything changed.
 */
export const changeSetting = async (
  trx: Trx,
  deps: Deps,
  change: Change,
  { person }: Pick<Circumstance, 'person'>,
): Promise<boolean> => {
  const { accountId, setting, by, keptSessionId } = change
  if (person.mfa_setting === setting) return false
  await applySetting(trx, deps, accountId, person, setting)
  await deleteTrustedDevices(trx, accountId, person.id)
  const after = await findMfaState(trx, deps, accountId, person.id)
  if (after?.required) {
    const demand = { userId: person.id, methods: after.methods }
    await endWeakSessions(trx, accountId, [demand], keptSessionId)
  } else await demandLongerPassword(trx, accountId, person.id)
  await tell(trx, deps, change, person)
  await record(trx, deps, by, {
    action: 'mfa.setting_changed',
    object: { type: 'user', id: person.id },
    diff: { before: { mfa_setting: person.mfa_setting }, after: { mfa_setting: setting } },
  })
  return true
}
