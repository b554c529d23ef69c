/** What the challenge engine and sign-in may use; binding a factor stands in `bind/`, above the engine. */
export { clearFailures, countFailure, forgetAttempt, refuseBackoff } from './counters/attempts.ts'
export type { Factor } from './factor.ts'
export { listFactors, listFactorsOfAll } from './list.ts'
export {
  findPasskeyOwner,
  type PasskeyOwner,
  type PasskeyRequest,
  passkeyRequestOptions,
  verifyPasskey,
} from './passkeys/authentication.ts'
export {
  checkRecoveryCode,
  makeRecoveryCodes,
  type ProvenCode,
  recoveryCodesLeft,
  spendRecoveryCode,
} from './recovery/recovery-codes.ts'
export { verifyTotp } from './totp-factor.ts'
export { noteFactorUse } from './use.ts'
