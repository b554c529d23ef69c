import type { Method } from '../mfa/contract.ts'

/** One confirmed or disabled factor of a person, as policy and sign-in see it. */
export type Factor = {
  readonly id: string
  readonly type: Method
  readonly name: string | null
  /**
   * `unverified`: the administrator's choice SMS with a number that has not proven itself; a code may go there, and the
   * first right one proves it. `disabled`: guessed at too often, dead until bound anew.
   */
  readonly state: 'active' | 'unverified' | 'disabled'
  readonly strength: 'weak' | 'medium' | 'strong'
  /** Passkeys alone: it may be copied to other devices. */
  readonly backupEligible: boolean
  readonly confirmedAt: Date | null
  readonly lastUsedAt: Date | null
  readonly createdAt: Date
}

const strengths = { email: 'weak', sms: 'medium', totp: 'strong', passkey: 'strong' } as const
export const strengthLabel = (type: Method): Factor['strength'] => strengths[type]
