import type { Canary, CanaryInput } from './contract.ts'

const limits = { hard_bounce: 5, block: 5, complaint: 0.1, uncertain: 1 }

/** What was left out has the values of email.md §17. */
export const wholeCanary = (given: CanaryInput): Canary => ({
  percent: given.percent ?? 1,
  wait_minutes: given.wait_minutes ?? 15,
  limits: { ...limits, ...given.limits },
})

export const readCanary = (stored: unknown): Canary | null => stored as Canary | null

export const firstMessagesMin = 200
export const firstMessagesMax = 5_000

/** How many leave first; null when nobody would be left to wait. */
export const countFirst = (canary: Canary, planned: number): number | null => {
  const share = Math.ceil((planned * canary.percent) / 100)
  const first = Math.min(firstMessagesMax, Math.max(firstMessagesMin, share))
  return first < planned ? first : null
}
