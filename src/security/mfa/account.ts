import { byActor, difference, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, unprocessable, versionConflict } from '../../http/errors.ts'
import { circumstances, notifyAdministrators } from '../../system-stream/index.ts'
import { type changeMfaPolicy, floors, type MfaPolicy, methods, requirements } from './contract.ts'
import { listCircumstances, nameOf } from './everybody.ts'
import { findAccountPolicy, findGrant, toPolicy } from './grant.ts'
import { type AccountMfaPolicy, allowedMethods } from './policy.ts'
import {
  deleteTrustedDevicesOf,
  endWeakSessions,
  lockAccountSecurity,
  lockPeople,
  updateAccountSecurity,
} from './queries.ts'
import { type Circumstance, judgeMfa } from './state.ts'

type Body = BodyOf<typeof changeMfaPolicy>

export const describePolicy = async (trx: Trx, deps: Deps, accountId: string): Promise<MfaPolicy> => {
  const grant = await findGrant(trx, accountId)
  const policy = await findAccountPolicy(trx, accountId)
  const people = (await listCircumstances(trx, deps, accountId)).filter(
    ({ person }) => person.status === 'active',
  )
  const states = people.map(judgeMfa)
  return {
    entitled: grant.entitled,
    operator: { methods: [...grant.methods], floor: grant.floor, contact: deps.config.operatorContact },
    require: policy.require,
    methods: [...policy.methods],
    trusted_device_days: policy.trustedDeviceDays,
    device_bound_owners: policy.deviceBoundOwners,
    version: policy.version,
    coverage: {
      users: people.length,
      with_factor: states.filter(({ factors }) => factors.some((one) => one.state === 'active')).length,
      pending: states.filter(({ required, met }) => required && !met).length,
    },
    users_without_phone: people.filter(({ person }) => person.phone === null).map(nameOf),
  }
}

/** Everything that speaks against the new policy, before anything is stored. */
const judge = (next: AccountMfaPolicy, people: readonly Circumstance[], callerId: string): void => {
  const [first] = people
  const allowed = first ? allowedMethods(first.grant, next) : next.methods
  const outside = people.filter(({ person: { mfa_setting: setting } }) => {
    const method = methods.find((one) => one === setting)
    return method !== undefined && !allowed.includes(method)
  })
  if (allowed.length === 0 || outside.length > 0)
    throw unprocessable('methods_empty', '', { users: outside.map(nameOf) })
  const floor = first?.grant.floor ?? 'none'
  if (requirements.indexOf(next.require) < floors.indexOf(floor)) throw unprocessable('below_floor')
  const states = people.map((given) => ({ given, state: judgeMfa({ ...given, policy: next }) }))
  const unreachable = states.filter(
    ({ given, state }) =>
      state.required &&
      !state.met &&
      given.person.phone === null &&
      state.methods.every((one) => one === 'sms'),
  )
  if (unreachable.length > 0)
    throw unprocessable('phone_required', '', { users: unreachable.map(({ given }) => nameOf(given)) })
  const caller = states.find(({ given }) => given.person.id === callerId)
  if (caller && !caller.state.met) throw conflict('enrol_yourself_first')
}

/** What each of these people must have proven in a session for it to go on. */
const demandsOf = (people: readonly Circumstance[]) =>
  people.flatMap((given) => {
    const { required, methods: accepted } = judgeMfa(given)
    return required ? [{ userId: given.person.id, methods: [...accepted, 'trusted_device'] }] : []
  })

/** After the operator demands more: whoever is signed in without it signs in anew (security.md §1 principle 14). */
export const endUnmetSessions = async (trx: Trx, deps: Deps, accountId: string): Promise<number> => {
  const people = await listCircumstances(trx, deps, accountId)
  return endWeakSessions(trx, accountId, demandsOf(people), null)
}

const shown = (policy: AccountMfaPolicy) => ({
  require: policy.require,
  methods: policy.methods,
  trusted_device_days: policy.trustedDeviceDays,
  device_bound_owners: policy.deviceBoundOwners,
})

/**
 * Stores what the account asks, under the row's lock, and ends the sessions that do not meet it.
 * @throws AppError 412, 422 `methods_empty`, `below_floor`, `phone_required`, 409 `enrol_yourself_first`.
 */
export const changePolicy = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  body: Body,
  ifMatch: number | null,
) => {
  const { accountId } = actor
  const before = toPolicy(await lockAccountSecurity(trx, accountId))
  if (ifMatch !== before.version) throw versionConflict()
  await lockPeople(trx, accountId)
  const next: AccountMfaPolicy = {
    require: body.require,
    methods: methods.filter((method) => body.methods.includes(method)),
    trustedDeviceDays: body.trusted_device_days,
    deviceBoundOwners: body.device_bound_owners ?? before.deviceBoundOwners,
    version: before.version + 1,
  }
  const people = await listCircumstances(trx, deps, accountId)
  judge(next, people, actor.userId)
  await updateAccountSecurity(trx, accountId, next)
  await deleteTrustedDevicesOf(
    trx,
    accountId,
    people.map(({ person }) => person.id),
  )
  const demands = demandsOf(people.map((given) => ({ ...given, policy: next })))
  const ended = await endWeakSessions(trx, accountId, demands, actor.sessionId)
  const values = { ...circumstances(deps, actor.where), change: 'policy' as const }
  await notifyAdministrators(trx, deps, { accountId, kind: 'mfa_changed', values })
  const answer = { ...(await describePolicy(trx, deps, accountId)), sessions_ended: ended }
  await record(trx, deps, byActor(actor), {
    action: 'mfa.policy_changed',
    object: { type: 'account', id: accountId },
    diff: difference(shown(before), shown(next)),
  })
  return answer
}
