import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { type CodeKind, guardSms } from '../../system-stream/index.ts'
import { spendLimits } from '../limits.ts'
import type { ChallengePurpose } from './contract.ts'

/** Sends of one dialogue, and the seconds to wait after each (security.md §3.2). */
export const sendsMax = 3
const waitsSeconds = [30, 60, 120] as const
export const waitAfter = (sends: number, now: Date): Date | null =>
  sends >= sendsMax ? null : addMs(now, (waitsSeconds[sends - 1] ?? 120) * 1000)

export const codeLifeMs = { sms: 5 * 60_000, email: 10 * 60_000, passkey: 5 * 60_000 } as const
export const notMeLifeMs = hoursMs(24)

export const codeKindOf: Readonly<Record<ChallengePurpose, CodeKind>> = {
  sign_in: 'sign_in_code',
  break_glass: 'sign_in_code',
  step_up: 'step_up_code',
  enrol: 'enrolment_code',
  email_change: 'enrolment_code',
  phone_change: 'phone_code',
}

export type Sending = {
  readonly accountId: string
  readonly userId: string
  readonly purpose: ChallengePurpose
  readonly method: 'email' | 'sms'
  readonly destination: string
}

const codesADay = (userId: string) => ({ key: `codes:${userId}`, max: 10, windowSeconds: 86_400 })

/** Counts one code or link of a person, committed alone. */
export const spendCode = (deps: Deps, userId: string): Promise<void> =>
  spendLimits(deps.db, [codesADay(userId)])

const count = async (deps: Deps, sending: Sending): Promise<void> => {
  if (sending.method === 'sms') {
    await guardSms(deps, {
      accountId: sending.accountId,
      userId: sending.userId,
      phone: sending.destination,
      weight: sending.purpose === 'phone_change' ? 2 : 1,
    })
  }
  await spendCode(deps, sending.userId)
}

const refusals = ['rate_limited', 'sms_limited', 'phone_not_allowed']

export type Permission = { readonly sent: true } | { readonly sent: false; readonly retryAt: Date }

/**
 * Counts one send before anything leaves, committed alone. At sign-in a refusal is no error: the person is told that no
 * code could be sent and may take another method (security.md §3.2, last row).
 * @throws AppError 429 `rate_limited`, `sms_limited`, 422 `phone_not_allowed` for every other purpose.
 */
export const permitSend = async (deps: Deps, sending: Sending): Promise<Permission> => {
  try {
    await count(deps, sending)
    return { sent: true }
  } catch (error) {
    if (sending.purpose !== 'sign_in' || !(error instanceof AppError) || !refusals.includes(error.code))
      throw error
    const seconds = Number(error.headers['retry-after'] ?? 60)
    return { sent: false, retryAt: addMs(deps.clock.now(), seconds * 1000) }
  }
}
