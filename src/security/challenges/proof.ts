import { AppError, invalid } from '../../http/errors.ts'
import { readCode } from '../factors/recovery/code-text.ts'
import { parseCode } from './codes.ts'
import type { ChallengeRow } from './queries.ts'

/** What a person hands in; exactly one of the three. */
export type Proof = {
  readonly code?: string
  readonly credential?: object
  readonly recovery_code?: string
}

export type ParsedProof =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'credential'; readonly credential: object }
  | { readonly kind: 'recovery'; readonly code: string }

const malformed = (): AppError => new AppError('code_malformed', 400)

/**
 * Refuses what cannot be the answer before an attempt is spent on it.
 * @throws AppError 400 `code_malformed`; 422 when none or several proofs came.
 */
export const parseProof = (row: Pick<ChallengeRow, 'method' | 'offered'>, proof: Proof): ParsedProof => {
  const given = [proof.code, proof.credential, proof.recovery_code].filter((part) => part !== undefined)
  if (given.length !== 1)
    throw invalid({ pointer: '', code: 'required', detail: 'exactly one proof is needed' })
  if (proof.recovery_code !== undefined) {
    if (!row.offered.includes('recovery') || readCode(proof.recovery_code) === null) throw malformed()
    return { kind: 'recovery', code: proof.recovery_code }
  }
  if (proof.credential !== undefined) {
    if (row.method !== 'passkey') throw malformed()
    return { kind: 'credential', credential: proof.credential }
  }
  const code = row.method === 'passkey' ? null : parseCode(row.method, proof.code ?? '')
  if (code === null) throw malformed()
  return { kind: 'code', code }
}
