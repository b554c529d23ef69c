import type { Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { notFound } from '../../../http/errors.ts'
import { type Method, methods } from '../../mfa/contract.ts'
import { allowedMethods, isStrong } from '../../mfa/policy.ts'
import { findPersonRow } from '../../mfa/queries.ts'
import { type Circumstance, findCircumstance, judgeMfa } from '../../mfa/state.ts'
import type { FactorView, OwnFactors } from '../contract.ts'
import type { Factor } from '../factor.ts'
import { passkeysMax } from '../passkeys/registration.ts'

export const toView = (factor: Factor): FactorView => ({
  id: factor.id,
  type: factor.type,
  name: factor.name,
  status: factor.state === 'unverified' ? 'pending' : factor.state,
  strength: factor.strength,
  created_at: factor.createdAt.toISOString(),
  last_used_at: factor.lastUsedAt?.toISOString() ?? null,
})

/** Why this kind cannot be added now; undefined when it can. */
const hindrance = (type: Method, { person, grant, policy, factors }: Circumstance): string | undefined => {
  const bound = factors.filter((one) => one.type === type && one.state === 'active').length
  if (type === 'passkey') return bound >= passkeysMax ? 'limit' : undefined
  if (!isStrong(type) && !grant.entitled) return 'mfa_not_entitled'
  if (!isStrong(type) && !allowedMethods(grant, policy).includes(type)) return 'methods_empty'
  if (bound > 0) return 'factor_exists'
  if (type === 'sms' && person.phone === null) return 'phone_required'
  return type === 'email' && person.email_verified_at === null ? 'email_unverified' : undefined
}

/** The own page: what is bound, what is demanded, what may be added. */
export const describeOwnFactors = async (trx: Trx, deps: Deps, actor: Actor): Promise<OwnFactors> => {
  const { accountId, userId } = actor
  const person = await findPersonRow(trx, accountId, userId)
  if (!person) throw notFound()
  const now = await findCircumstance(trx, deps, accountId, person)
  const state = judgeMfa(now)
  return {
    setting: state.setting,
    entitled: state.entitled,
    effective: { required: state.required, by: state.by, methods: [...state.methods] },
    factors: state.factors.map(toView),
    recovery_codes_left: state.recoveryCodesLeft,
    preferred: state.preferred,
    options: methods.map((type) => {
      const reason = hindrance(type, now)
      return { type, available: reason === undefined, ...(reason ? { reason } : {}) }
    }),
  }
}
