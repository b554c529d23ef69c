import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import type { Activation } from '../queries.ts'
import { listPasskeys } from './queries.ts'
import { makePasskeyChallenge, passkeyLifeMs, relyingParty } from './relying-party.ts'

export const passkeysMax = 10
/** COSE numbers of EdDSA, ES256 and RS256 (RFC 9053 §2), named so that the library probes for nothing. */
const algorithms = [-8, -7, -257]

/** Options for the browser to make a passkey; those it has already are excluded. */
export const registrationOptions = async (
  trx: Trx,
  deps: Deps,
  person: {
    readonly accountId: string
    readonly userId: string
    readonly login: string
    readonly name: string
  },
): Promise<{ readonly options: object; readonly challenge: string; readonly known: number }> => {
  const { id, name } = relyingParty(deps.config)
  const known = await listPasskeys(trx, person.accountId, person.userId)
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userName: person.login,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.userId)),
    challenge: makePasskeyChallenge(),
    timeout: passkeyLifeMs,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: known.flatMap(({ credential_id, transports }) =>
      credential_id
        ? [
            {
              id: credential_id.toString('base64url'),
              ...(transports ? { transports: transports } : {}),
            },
          ]
        : [],
    ),
  })
  return { options, challenge: options.challenge, known: known.length }
}

/** What is stored of a new passkey; null when anything of it does not fit. */
export const verifyRegistration = async (
  deps: Deps,
  credential: object,
  expectedChallenge: string,
): Promise<NonNullable<Activation['passkey']> | null> => {
  const { id, origins } = relyingParty(deps.config)
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: credential as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return null
    const made = registrationInfo.credential
    return {
      credentialId: Buffer.from(made.id, 'base64url'),
      publicKey: Buffer.from(made.publicKey),
      counter: made.counter,
      transports: (made.transports ?? []).slice(0, 10),
      backupEligible: registrationInfo.credentialDeviceType === 'multiDevice',
      backedUp: registrationInfo.credentialBackedUp,
    }
  } catch {
    // Whatever a stranger puts into a credential is a refused credential, never a fault of ours.
    return null
  }
}
