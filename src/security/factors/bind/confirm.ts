import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { AppError, conflict, unprocessable } from '../../../http/errors.ts'
import { isUuid } from '../../../lib/ids.ts'
import { parseCode } from '../../challenges/codes.ts'
import { type Binding, challengeClosed, verifyChallenge } from '../../challenges/engine.ts'
import { openDestination } from '../../challenges/open.ts'
import type { Method } from '../../mfa/contract.ts'
import { findAccountPolicy } from '../../mfa/grant.ts'
import { lockPersonRow } from '../../mfa/queries.ts'
import { findRights } from '../../roles/grants.ts'
import { listPasskeys, takeRegistration } from '../passkeys/queries.ts'
import { passkeysMax, verifyRegistration } from '../passkeys/registration.ts'
import { type Activation, findCodeChallenge, findFactor, findPending, provePhone } from '../queries.ts'
import { stepOf } from '../totp.ts'
import { openSecret } from '../totp-factor.ts'
import { activate, type Binder, type Bound } from './activate.ts'

export type Confirmation = Binder & {
  readonly binding: Binding
  readonly name: string | null
}
type Act<T> = (trx: Trx, bound: Bound) => Promise<T>

/**
 * Confirms an authenticator app. The code's step counts as used: the next sign-in needs the next code.
 * @throws AppError `code_malformed`, `code_wrong`, `challenge_closed` when there is nothing to confirm.
 */
export const confirmTotpFactor = async <T>(
  deps: Deps,
  confirmation: Confirmation,
  given: { readonly factorId: string; readonly code: string },
  act: Act<T>,
): Promise<T> => {
  const { accountId, userId, binding, name } = confirmation
  const code = parseCode('totp', given.code)
  if (code === null) throw new AppError('code_malformed', 400)
  const done = await inAccount(deps.db, accountId, async (trx) => {
    await lockPersonRow(trx, accountId, userId)
    const pending = await findPending(trx, accountId, userId, given.factorId, 'totp')
    if (!pending?.secret_sealed) throw challengeClosed(binding.kind)
    const whose = { accountId, userId, factorId: pending.id }
    const secret = await openSecret(trx, deps, whose, pending.secret_sealed)
    const lastStep = stepOf(secret, code, deps.clock.now())
    if (lastStep === null) throw new AppError('code_wrong', challengeClosed(binding.kind).status)
    const factor = { id: pending.id, type: 'totp' as const, given: { name, lastStep } }
    return activate(trx, deps, confirmation, factor, act)
  })
  if (!done) throw challengeClosed(binding.kind)
  return done.result
}

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as { code?: unknown }).code === '23505'

const judgeNewPasskey = async (
  trx: Trx,
  { accountId, userId }: Confirmation,
  passkey: NonNullable<Activation['passkey']>,
): Promise<void> => {
  await lockPersonRow(trx, accountId, userId)
  const { deviceBoundOwners } = await findAccountPolicy(trx, accountId)
  const owner = deviceBoundOwners && (await findRights(trx, accountId, userId))?.owner
  if (owner && passkey.backupEligible) throw unprocessable('not_device_bound')
  const known = await listPasskeys(trx, accountId, userId)
  if (known.length >= passkeysMax) throw conflict('limit', '', { limit: passkeysMax })
}

/**
 * Confirms a passkey. Its challenge is taken first, committed alone: it serves one attempt.
 * @throws AppError 403 `credential_refused`, `challenge_closed`, 422 `not_device_bound`, 409 `limit`.
 */
export const confirmPasskeyFactor = async <T>(
  deps: Deps,
  confirmation: Confirmation,
  given: { readonly factorId: string; readonly credential: object },
  act: Act<T>,
): Promise<T> => {
  const { accountId, userId, binding, name } = confirmation
  const registration = { id: given.factorId, binding: binding.hash }
  const taken = await inAccount(deps.db, accountId, (trx) =>
    takeRegistration(trx, accountId, userId, registration),
  )
  if (!taken?.challenge) throw challengeClosed(binding.kind)
  const passkey = await verifyRegistration(deps, given.credential, taken.challenge)
  const refused = new AppError('credential_refused', 403)
  if (!passkey) throw refused
  const done = await inAccount(deps.db, accountId, async (trx) => {
    await judgeNewPasskey(trx, confirmation, passkey)
    const factor = { id: given.factorId, type: 'passkey' as const, given: { name, passkey } }
    return activate(trx, deps, confirmation, factor, act)
  }).catch((error: unknown) => {
    // The credential belongs to somebody already; whose it is, is nobody's business.
    throw isTaken(error) ? refused : error
  })
  if (!done) throw challengeClosed(binding.kind)
  return done.result
}

/**
 * Confirms codes by mail or SMS, judged by the challenge engine.
 * @throws AppError `code_malformed`, `code_wrong`, `challenge_closed`, `factor_backoff`.
 */
export const confirmCodeFactor = <T>(
  deps: Deps,
  confirmation: Confirmation,
  given: { readonly challengeId: string; readonly code: string; readonly method?: Method },
  act: Act<T>,
): Promise<T> => {
  const { accountId, userId, binding, where, name } = confirmation
  const closed = challengeClosed(binding.kind)
  return verifyChallenge(
    deps,
    {
      id: given.challengeId,
      binding,
      kind: binding.kind,
      purposes: ['enrol'],
      proof: { code: given.code },
      where,
      judge: async (_trx, row) =>
        row.account_id === accountId && row.user_id === userId && (given.method ?? row.method) === row.method,
    },
    async (trx, { row }) => {
      const factorId = row.payload['factor_id']
      if (typeof factorId !== 'string') throw closed
      const destination = openDestination(deps, row)
      if (row.method === 'sms' && destination) await provePhone(trx, accountId, userId, destination)
      const factor = { id: factorId, type: row.method, given: { name } }
      const done = await activate(trx, deps, confirmation, factor, act)
      if (!done) throw closed
      return done.result
    },
  )
}

/**
 * Confirms whatever was begun under this id, with the proof that fits its kind.
 * @throws AppError as the three above.
 */
export const confirmFactor = async <T>(
  deps: Deps,
  binder: Confirmation,
  given: { readonly factorId: string; readonly code?: string; readonly credential?: object },
  act: Act<T>,
): Promise<T> => {
  const { accountId, userId, binding } = binder
  const confirmation = { ...binder, firstOnly: binding.kind === 'browser' }
  const { factorId, code, credential } = given
  const closed = challengeClosed(binding.kind)
  if (!isUuid(factorId)) throw closed
  const found = await inAccount(deps.db, accountId, async (trx) => {
    const row = await findFactor(trx, accountId, userId, factorId)
    const challengeId = row && (await findCodeChallenge(trx, accountId, userId, row.id))
    return row?.state === 'pending' ? { type: row.type, challengeId } : null
  })
  if (!found) throw closed
  if (found.type === 'passkey') {
    if (credential === undefined) throw new AppError('code_malformed', 400)
    return confirmPasskeyFactor(deps, confirmation, { factorId, credential }, act)
  }
  if (code === undefined) throw new AppError('code_malformed', 400)
  if (found.type === 'totp') return confirmTotpFactor(deps, confirmation, { factorId, code }, act)
  if (!found.challengeId) throw closed
  return confirmCodeFactor(deps, confirmation, { challengeId: found.challengeId, code }, act)
}
