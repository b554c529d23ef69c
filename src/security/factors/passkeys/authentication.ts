import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import type { Db, Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { notify } from '../../../system-stream/index.ts'
import { type FactorRow, findFactor } from '../queries.ts'
import { findPasskeyPlace, listPasskeys, notePasskeyUse } from './queries.ts'
import { makePasskeyChallenge, passkeyLifeMs, relyingParty } from './relying-party.ts'

/** `challenge` is kept by the dialogue, bound to its browser, and used once. */
export type PasskeyRequest = { readonly options: object; readonly challenge: string }

/** Options for the browser; without a person any passkey of this host may answer, and nothing about anybody is told. */
export const passkeyRequestOptions = async (
  trx: Trx | null,
  deps: Deps,
  whose: { readonly accountId: string; readonly userId: string } | null = null,
): Promise<PasskeyRequest> => {
  const known = trx && whose ? await listPasskeys(trx, whose.accountId, whose.userId) : []
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(deps.config).id,
    challenge: makePasskeyChallenge(),
    timeout: passkeyLifeMs,
    userVerification: 'required',
    allowCredentials: known.flatMap(({ credential_id, transports }) =>
      credential_id
        ? [{ id: credential_id.toString('base64url'), ...(transports ? { transports } : {}) }]
        : [],
    ),
  })
  return { options, challenge: options.challenge }
}

/** The id a credential claims to have; null for anything else. */
const credentialIdOf = (credential: object): Buffer | null => {
  const { id } = credential as { id?: unknown }
  return typeof id === 'string' && /^[\w-]{1,1400}$/.test(id) ? Buffer.from(id, 'base64url') : null
}

export type PasskeyOwner = { readonly accountId: string; readonly userId: string; readonly factorId: string }

/** Whose passkey answers, before the account is known; it proves nothing yet. */
export const findPasskeyOwner = async (db: Db | Trx, credential: object): Promise<PasskeyOwner | null> => {
  const id = credentialIdOf(credential)
  const place = id ? await findPasskeyPlace(db, id) : null
  return place && { accountId: place.account_id, userId: place.user_id, factorId: place.factor_id }
}

const judge = async (deps: Deps, factor: FactorRow, credential: object, expectedChallenge: string) => {
  const { id, origins } = relyingParty(deps.config)
  if (!factor.credential_id || !factor.public_key) return null
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: factor.credential_id.toString('base64url'),
        publicKey: new Uint8Array(factor.public_key),
        // The library would refuse a falling counter; we judge it ourselves, as an alarm.
        counter: 0,
        ...(factor.transports ? { transports: factor.transports } : {}),
      },
    })
    return verified && authenticationInfo.userVerified ? authenticationInfo : null
  } catch {
    // Whatever a stranger puts into a credential is a refused credential, never a fault of ours.
    return null
  }
}

/** The person's handle inside the credential, where the authenticator tells it, must be the person's. */
const handleFits = (credential: object, userId: string): boolean => {
  const { response } = credential as { response?: { userHandle?: unknown } | null }
  const handle = response?.userHandle
  if (handle === undefined || handle === null) return true
  return typeof handle === 'string' && Buffer.from(handle, 'base64url').toString() === userId
}

type Given = {
  readonly accountId: string
  readonly userId: string
  readonly credential: object
  readonly expectedChallenge: string
}

/** The answering passkey's id when it is this person's and everything fits; else null. */
export const verifyPasskey = async (trx: Trx, deps: Deps, given: Given): Promise<PasskeyOwner | null> => {
  const { accountId, userId, credential, expectedChallenge } = given
  const owner = await findPasskeyOwner(trx, credential)
  if (owner?.accountId !== accountId || owner.userId !== userId || !handleFits(credential, userId))
    return null
  const factor = await findFactor(trx, accountId, userId, owner.factorId)
  if (factor?.state !== 'active') return null
  const info = await judge(deps, factor, credential, expectedChallenge)
  if (!info) return null
  const { newCounter, credentialBackedUp } = info
  await notePasskeyUse(trx, accountId, factor.id, { counter: newCounter, backedUp: credentialBackedUp })
  if (factor.counter > 0 && newCounter <= factor.counter) {
    deps.log.warn(
      { accountId, factorId: factor.id },
      'the counter of a passkey fell: it may have been copied',
    )
    const values = { at: deps.clock.now(), change: 'changed' as const }
    await notify(trx, deps, { accountId, userId, kind: 'mfa_changed', values })
  }
  return owner
}
