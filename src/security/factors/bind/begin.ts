import { randomBytes } from 'node:crypto'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { AppError, conflict, notFound, unprocessable } from '../../../http/errors.ts'
import { addMs, minutesMs } from '../../../lib/clock.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import type { Challenge } from '../../challenges/contract.ts'
import { type Binding, openChallenge } from '../../challenges/engine.ts'
import type { Method } from '../../mfa/contract.ts'
import { allowedMethods } from '../../mfa/policy.ts'
import { lockPersonRow, type PersonRow } from '../../mfa/queries.ts'
import { findCircumstance } from '../../mfa/state.ts'
import { findUser } from '../../queries.ts'
import { offerTotp } from '../offer.ts'
import { passkeysMax, registrationOptions } from '../passkeys/registration.ts'
import { passkeyLifeMs } from '../passkeys/relying-party.ts'
import { deletePending, insertFactor } from '../queries.ts'
import { sealSecret } from '../totp-factor.ts'

const totpLifeMs = minutesMs(10)
const codeLifeMs = minutesMs(15)
const secretBytes = 20

export type Beginning = {
  readonly accountId: string
  readonly userId: string
  readonly method: Method
  /** Only who begins may finish. */
  readonly binding: Binding
  readonly where: Pick<Where, 'address' | 'agent'>
  /** A lost app gives way to the new one once that is confirmed (security.md §3.4). */
  readonly replacesTotp?: boolean
}

export type Begun =
  | {
      readonly kind: 'totp'
      readonly factorId: string
      readonly secret: string
      readonly otpauthUri: string
      /** A whole SVG document, drawn here: the secret never meets a third party. */
      readonly qrSvg: string
      readonly expiresAt: Date
    }
  | { readonly kind: 'passkey'; readonly factorId: string; readonly options: object }
  | { readonly kind: 'code'; readonly factorId: string; readonly challenge: Challenge }

const lockPerson = async (trx: Trx, { accountId, userId }: Beginning): Promise<PersonRow> => {
  const person = await lockPersonRow(trx, accountId, userId)
  if (!person) throw notFound()
  return person
}

const beginTotp = async (deps: Deps, beginning: Beginning): Promise<Begun> => {
  const { accountId, userId } = beginning
  const factorId = uuidV7(deps.clock.now())
  const secret = randomBytes(secretBytes)
  const expiresAt = addMs(deps.clock.now(), totpLifeMs)
  const login = await inAccount(deps.db, accountId, async (trx) => {
    const { factors } = await findCircumstance(trx, deps, accountId, await lockPerson(trx, beginning))
    const bound = factors.some((one) => one.type === 'totp' && one.state === 'active')
    if (bound && !beginning.replacesTotp) throw conflict('factor_exists')
    await deletePending(trx, accountId, userId, 'totp')
    const secretSealed = await sealSecret(trx, deps, { accountId, userId, factorId }, secret)
    await insertFactor(trx, accountId, {
      id: factorId,
      userId,
      type: 'totp',
      state: 'pending',
      secretSealed,
      expiresAt,
    })
    return (await findUser(trx, accountId, userId))?.login ?? ''
  })
  const { secret: text, otpauthUri, qrSvg } = await offerTotp(login, secret)
  return { kind: 'totp', factorId, secret: text, otpauthUri, qrSvg, expiresAt }
}

const beginPasskey = (deps: Deps, beginning: Beginning): Promise<Begun> => {
  const { accountId, userId, binding } = beginning
  return inAccount(deps.db, accountId, async (trx) => {
    await lockPerson(trx, beginning)
    const user = await findUser(trx, accountId, userId)
    const name = `${user?.first_name ?? ''} ${user?.last_name ?? ''}`.trim()
    const made = await registrationOptions(trx, deps, { accountId, userId, login: user?.login ?? '', name })
    if (made.known >= passkeysMax) throw conflict('limit', '', { limit: passkeysMax })
    await deletePending(trx, accountId, userId, 'passkey')
    const now = deps.clock.now()
    const factorId = uuidV7(now)
    await insertFactor(trx, accountId, {
      id: factorId,
      userId,
      type: 'passkey',
      state: 'pending',
      challenge: made.challenge,
      binding: binding.hash,
      expiresAt: addMs(now, passkeyLifeMs),
    })
    return { kind: 'passkey', factorId, options: made.options }
  })
}

/** Why codes by mail or SMS cannot be bound, in the order in which a person could mend it. */
const judgeCodes = async (
  trx: Trx,
  deps: Deps,
  { accountId, method }: Beginning,
  person: PersonRow,
): Promise<void> => {
  const { grant, policy, factors } = await findCircumstance(trx, deps, accountId, person)
  if (!grant.entitled) throw new AppError('mfa_not_entitled', 403)
  if (!allowedMethods(grant, policy).includes(method)) throw unprocessable('methods_empty')
  if (factors.some((one) => one.type === method && one.state === 'active')) throw conflict('factor_exists')
  if (method === 'sms' && person.phone === null) throw unprocessable('phone_required')
  if (method === 'email' && person.email_verified_at === null) throw unprocessable('email_unverified')
}

const beginCode = async (deps: Deps, beginning: Beginning): Promise<Begun> => {
  const { accountId, userId, method, binding, where } = beginning
  const now = deps.clock.now()
  const factorId = uuidV7(now)
  await inAccount(deps.db, accountId, async (trx) => {
    await judgeCodes(trx, deps, beginning, await lockPerson(trx, beginning))
    await deletePending(trx, accountId, userId, method)
    await insertFactor(trx, accountId, {
      id: factorId,
      userId,
      type: method,
      state: 'pending',
      expiresAt: addMs(now, codeLifeMs),
    })
  })
  const payload = { factor_id: factorId }
  const challenge = await openChallenge(deps, {
    accountId,
    userId,
    purpose: 'enrol',
    method,
    binding,
    payload,
    where,
  })
  return { kind: 'code', factorId, challenge }
}

/**
 * Begins to bind a factor. Nothing counts until it is confirmed; whatever was begun before of the same kind is gone.
 * Codes keep their own transactions: call it outside of any other.
 * @throws AppError `factor_exists`, `limit`, `mfa_not_entitled`, `phone_required`, `email_unverified`, `methods_empty`,
 *   and what sending a code may answer.
 */
export const beginFactor = (deps: Deps, beginning: Beginning): Promise<Begun> => {
  if (beginning.method === 'totp') return beginTotp(deps, beginning)
  return beginning.method === 'passkey' ? beginPasskey(deps, beginning) : beginCode(deps, beginning)
}
