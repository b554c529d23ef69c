import { inAccount, instanceAccountId } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { isDialogueId, makeDialogueId } from '../challenges/codes.ts'
import { bindBrowser, browserBinding } from '../challenges/engine.ts'
import { codeLifeMs } from '../challenges/sending.ts'
import type { Session } from '../contract.ts'
import {
  findPasskeyOwner,
  type PasskeyOwner,
  passkeyRequestOptions,
  verifyPasskey,
} from '../factors/index.ts'
import { findMfaState } from '../mfa/state.ts'
import { judgeAddress } from '../network/index.ts'
import { findUser, type UserRow } from '../queries.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import { refundVerify, spendAddress, spendVerify } from '../throttles/index.ts'
import { noteBlockedNetwork } from './blocked-network.ts'
import { completeSignIn, type Http } from './completion.ts'
import { safeNext } from './person.ts'
import { insertPasskeyRequest, takePasskeyRequest } from './queries.ts'
import { type DenialReason, onTheGrid, recordDenied, signInRefused } from './refusal.ts'

/** Asks for any passkey of this host; tells nothing about anybody. */
export const requestPasskey = async (deps: Deps, http: Http) => {
  await spendAddress(deps, 'passkey', clientAddress(http.request))
  const { options, challenge } = await passkeyRequestOptions(null, deps)
  const binding = bindBrowser(http.reply, deps.config)
  const id = makeDialogueId()
  const expiresAt = addMs(deps.clock.now(), codeLifeMs.passkey)
  await inAccount(deps.db, instanceAccountId, (trx) =>
    insertPasskeyRequest(trx, { id, challenge, binding: binding.hash, expiresAt }),
  )
  return { id, options: options as Record<string, never>, expires_at: expiresAt.toISOString() }
}

const takeChallenge = (deps: Deps, id: string, http: Http): Promise<string | null> => {
  const binding = browserBinding(http.request, deps.config)
  if (!binding || !isDialogueId(id)) return Promise.resolve(null)
  return inAccount(deps.db, instanceAccountId, (trx) => takePasskeyRequest(trx, id, binding.hash))
}

type Judged = { readonly session: Session } | { readonly denied: DenialReason }

/** Everything in one transaction; nothing but the passkey itself is asked, for it counts as both factors. */
const enter = async (
  deps: Deps,
  owner: PasskeyOwner,
  given: { readonly credential: object; readonly challenge: string },
  http: Http,
): Promise<Judged> => {
  const { accountId, userId } = owner
  return inAccount(deps.db, accountId, async (trx): Promise<Judged> => {
    const proof = { accountId, userId, credential: given.credential, expectedChallenge: given.challenge }
    if (!(await verifyPasskey(trx, deps, proof))) return { denied: 'factor' }
    const user = await findUser(trx, accountId, userId)
    if (!user || !mayBeSignedIn(user, deps.clock.now())) return { denied: 'disabled' }
    const where = whereOf(http.request)
    const question = { accountId, userId, scope: 'panel' as const, address: where.address }
    if (!(await judgeAddress(trx, question)).allowed) return { denied: 'ip' }
    const state = await findMfaState(trx, deps, accountId, userId)
    if (!state?.ask.some(({ id }) => id === owner.factorId) && state?.required) return { denied: 'factor' }
    return { session: await completeSignIn(trx, deps, doneOf(user, accountId), http) }
  })
}

const doneOf = (user: UserRow, accountId: string) => ({
  accountId,
  userId: user.id,
  epoch: user.security_epoch,
  name: `${user.first_name} ${user.last_name}`,
  amr: ['passkey'],
  limited: user.password_change_required ? ('password_change' as const) : null,
})

/**
 * Signs in by passkey alone: whatever does not fit is one and the same refusal.
 * @throws AppError 401 `sign_in_refused`, 429 `rate_limited`.
 */
export const signInByPasskey = (
  deps: Deps,
  given: { readonly id: string; readonly credential: object; readonly next?: string },
  http: Http,
) =>
  onTheGrid(async () => {
    const where = whereOf(http.request)
    await spendVerify(deps, where.address)
    const challenge = await takeChallenge(deps, given.id, http)
    const owner = await findPasskeyOwner(deps.db, given.credential)
    const judged: Judged =
      challenge && owner
        ? await enter(deps, owner, { credential: given.credential, challenge }, http)
        : { denied: 'factor' }
    if ('denied' in judged) {
      const { denied: reason } = judged
      if (reason === 'ip' && owner) await noteBlockedNetwork(deps, owner, where)
      else await recordDenied(deps, { login: null, ...owner, reason, where })
      throw signInRefused()
    }
    await refundVerify(deps, where.address)
    return { status: 'signed_in' as const, session: judged.session, next: safeNext(given.next) }
  })
