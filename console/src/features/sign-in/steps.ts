import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import type { Session } from '../../../../src/security/contract.ts'
import type { signIn } from '../../../../src/security/sign-in/contract.ts'
import type { AnswerOf } from '../../lib/call.ts'

type Reply = AnswerOf<typeof signIn>
export type Enrolment = Extract<Reply, { status: 'enrolment_required' }>['enrolment']

export type SignedIn = { readonly session: Session; readonly next: string | null }

/** Where a person stands on the way in. */
export type Step =
  | { readonly at: 'password' }
  | { readonly at: 'challenge'; readonly challenge: Challenge; readonly trustDays: number }
  | { readonly at: 'enrolment'; readonly enrolment: Enrolment }
  | { readonly at: 'codes'; readonly codes: readonly string[]; readonly done: SignedIn }

/** What the server's answer to the first step leads to; null when somebody is in. */
export const stepOf = (reply: Reply): Step | null => {
  if (reply.status === 'challenge')
    return { at: 'challenge', challenge: reply.challenge, trustDays: reply.trusted_device_days ?? 0 }
  return reply.status === 'enrolment_required' ? { at: 'enrolment', enrolment: reply.enrolment } : null
}

/** A limited session starts where it may act. */
const placesOfLimited = {
  recovery: '/profile/sign-in',
  password_change: '/profile/sign-in',
  break_glass: '/account/settings/security',
  after_reset: null,
} as const

export const placeOf = ({ limited }: Session): string | null =>
  limited === null ? null : placesOfLimited[limited]
