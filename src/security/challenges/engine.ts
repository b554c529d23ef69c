/**
 * The one challenge engine (security.md §3.2). Every function keeps its own transactions, because counters are spent
 * alone before anything is compared: call them outside of any other.
 */
export { type Binding, bindBrowser, browserBinding, challengeClosed, sessionBinding } from './binding.ts'
export { type Opening, openChallenge } from './open.ts'
export type { Proof } from './proof.ts'
export { type ChallengeRow, cancelChallengesOf } from './queries.ts'
export { cancelChallenge, type Dialogue, resendChallenge, switchMethod } from './resend.ts'
export { type Given, type Proven, verifyChallenge } from './verify.ts'
