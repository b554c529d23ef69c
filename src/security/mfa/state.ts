import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { type Factor, listFactors, recoveryCodesLeft } from '../factors/index.ts'
import { findRights } from '../roles/grants.ts'
import type { Method, Setting } from './contract.ts'
import { findAccountPolicy, findGrant, staffPolicy } from './grant.ts'
import {
  type AccountMfaPolicy,
  isStrong,
  type MfaGrant,
  type Origin,
  resolvePolicy,
  strengthOf,
  strongMethods,
} from './policy.ts'
import { findPersonRow, type PersonRow } from './queries.ts'

/** A mailed reset keeps the code by mail away for this long: one mailbox never counts as two factors (security.md §3.5). */
export const emailBarMs = hoursMs(24)

/** Everything sign-in, step-up and the pages need to know of one person's second factor, judged at this moment. */
export type MfaState = {
  readonly entitled: boolean
  readonly staff: boolean
  readonly owner: boolean
  readonly administrator: boolean
  readonly setting: Setting
  readonly required: boolean
  readonly by: Origin
  /** What meets the requirement. */
  readonly methods: readonly Method[]
  /** All that were confirmed once, disabled ones among them. */
  readonly factors: readonly Factor[]
  /** What sign-in asks for, the preferred first, else the strongest; empty = nothing can be asked. */
  readonly ask: readonly Factor[]
  /**
   * One of `ask` meets the requirement. False with a non-empty `ask`: own app or passkey is asked all the same, and the
   * session that follows is limited to binding what is demanded.
   */
  readonly met: boolean
  /** What may be bound where something must be bound. */
  readonly enrol: readonly Method[]
  /** Nothing can be asked and mail proves nothing today: the session is limited to `after_reset`. */
  readonly afterReset: boolean
  /** The mailed link may prove the person before a factor is bound. */
  readonly mailProof: boolean
  readonly emailBarred: boolean
  readonly phone: string | null
  readonly trustedDeviceDays: 0 | 1 | 7 | 30
  readonly recoveryCodesLeft: number
  readonly preferred: Method | null
}

export type Circumstance = {
  readonly person: PersonRow
  readonly grant: MfaGrant
  readonly policy: AccountMfaPolicy
  readonly owner: boolean
  readonly administrator: boolean
  readonly factors: readonly Factor[]
  readonly recoveryCodesLeft: number
  readonly now: Date
}

const meets = (factor: Factor, methods: readonly Method[], { policy, owner }: Circumstance): boolean =>
  factor.state !== 'disabled' &&
  methods.includes(factor.type) &&
  !(policy.deviceBoundOwners && owner && factor.type === 'passkey' && factor.backupEligible)

const inOrder = (factors: readonly Factor[], preferred: Method | null): readonly Factor[] =>
  factors.toSorted(
    (a, b) =>
      Number(b.type === preferred) - Number(a.type === preferred) || strengthOf(b.type) - strengthOf(a.type),
  )

/** What the person can bind of what is demanded. Where that is nothing, app and passkey stand open: never "no factor". */
const bindable = ({ grant, person }: Circumstance, wanted: readonly Method[], emailBarred: boolean) => {
  const possible = wanted.filter(
    (method) => isStrong(method) || (grant.entitled && (method === 'email' || person.phone !== null)),
  )
  const open = possible.length > 0 ? possible : strongMethods
  return open.filter((method) => !(method === 'email' && emailBarred))
}

/** The whole judgement without the database. */
export const judgeMfa = (given: Circumstance): MfaState => {
  const { person, grant, policy, factors, now } = given
  const user = { setting: person.mfa_setting, administrator: given.administrator, staff: person.instance }
  const resolved = resolvePolicy(grant, policy, user, factors)
  const barredUntil = person.email_code_barred_until
  const emailBarred = barredUntil !== null && barredUntil > now
  const usable = factors.filter((one) => one.state !== 'disabled' && !(emailBarred && one.type === 'email'))
  const meeting = usable.filter((one) => meets(one, resolved.methods, given))
  const ask = !resolved.required
    ? []
    : meeting.length > 0
      ? meeting
      : usable.filter((one) => isStrong(one.type))
  const enrol = bindable(given, resolved.methods, emailBarred)
  // A reset by an administrator bars the code as well, but its mailed link is the way back; a password reset by mail leaves none.
  const resetBar = person.mfa_reset_at && addMs(person.mfa_reset_at, emailBarMs)
  const mailProof = !emailBarred || (resetBar !== null && barredUntil <= resetBar)
  const provable = mailProof || person.phone !== null
  return {
    entitled: grant.entitled,
    staff: person.instance,
    owner: given.owner,
    administrator: given.administrator,
    ...resolved,
    factors,
    ask: inOrder(ask, person.preferred_factor),
    met: !resolved.required || meeting.length > 0,
    enrol,
    afterReset: resolved.required && ask.length === 0 && emailBarred && !(provable && enrol.length > 0),
    mailProof,
    emailBarred,
    phone: person.phone,
    trustedDeviceDays: person.instance ? 0 : policy.trustedDeviceDays,
    recoveryCodesLeft: given.recoveryCodesLeft,
    preferred: person.preferred_factor,
  }
}

const grantForStaff: MfaGrant = { entitled: true, methods: ['totp', 'passkey'], floor: 'all' }

/** What holds for a person whose row is known; also with a policy that is only being considered. */
export const findCircumstance = async (
  trx: Trx,
  deps: Pick<Deps, 'clock' | 'config'>,
  accountId: string,
  person: PersonRow,
): Promise<Circumstance> => {
  const rights = await findRights(trx, accountId, person.id)
  return {
    person,
    grant: person.instance ? grantForStaff : await findGrant(trx, accountId),
    policy: person.instance
      ? staffPolicy(deps.config.operatorFactors)
      : await findAccountPolicy(trx, accountId),
    owner: rights?.owner ?? false,
    administrator: rights?.administrator ?? false,
    factors: await listFactors(trx, accountId, person.id),
    recoveryCodesLeft: await recoveryCodesLeft(trx, accountId, person.id),
    now: deps.clock.now(),
  }
}

/** Null when there is no such person. */
export const findMfaState = async (
  trx: Trx,
  deps: Pick<Deps, 'clock' | 'config'>,
  accountId: string,
  userId: string,
): Promise<MfaState | null> => {
  const person = await findPersonRow(trx, accountId, userId)
  return person ? judgeMfa(await findCircumstance(trx, deps, accountId, person)) : null
}
