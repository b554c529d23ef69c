import { maskEmail, maskPhone } from '../../lib/masking.ts'
import type { Challenge, FactorMethod } from './contract.ts'
import type { ChallengeRow, Offered, Person } from './queries.ts'

export const isSent = (method: FactorMethod): method is 'email' | 'sms' =>
  method === 'email' || method === 'sms'

export const maskDestination = (method: 'email' | 'sms', destination: string): string =>
  method === 'email' ? maskEmail(destination) : maskPhone(destination)

const ownDestination = (method: Offered, person: Pick<Person, 'email' | 'phone'>): string | null => {
  if (method === 'email') return maskEmail(person.email)
  return method === 'sms' && person.phone ? maskPhone(person.phone) : null
}

/** The `challenge` of security.md §5.1: masks and times, never a code. */
export const toChallenge = (
  row: ChallengeRow,
  person: Pick<Person, 'email' | 'phone'>,
  options: object | null,
): Challenge => ({
  id: row.id,
  purpose: row.purpose,
  method: row.method,
  destination: row.destination_masked,
  expires_at: row.expires_at.toISOString(),
  resend_after: row.resend_after?.toISOString() ?? null,
  attempts_left: row.attempts_left,
  sent: row.code_mac !== null,
  alternatives: row.offered
    .filter((method) => method !== row.method)
    .map((method) => ({ method, destination: ownDestination(method, person) })),
  ...(options ? { options: options as Record<string, never> } : {}),
})
