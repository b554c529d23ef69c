import type { MfaPolicy } from '../../../../src/security/mfa/contract.ts'
import type { IpPolicy } from '../../../../src/security/network/contract.ts'

export type Guard = {
  readonly level: 'strong' | 'fair' | 'weak'
  readonly points: readonly {
    readonly id: 'addresses' | 'factors' | 'pending' | 'codes'
    readonly done: boolean
    readonly to: string
    readonly values?: Readonly<Record<string, number>>
  }[]
}

/** Two locks make an account strong, one fair, none weak; what waits or is missing stands beneath with its next step. */
export const guardOf = (
  policy: Pick<IpPolicy, 'state' | 'pending_until'>,
  mfa: Pick<MfaPolicy, 'coverage'>,
  codesLeft: number | null,
): Guard => {
  const { users, with_factor } = mfa.coverage
  const listed = policy.state === 'enforce'
  const factors = users > 0 && with_factor >= users
  const locks = [listed, factors].filter(Boolean).length
  return {
    level: locks === 2 ? 'strong' : locks === 1 ? 'fair' : 'weak',
    points: [
      { id: 'addresses', done: listed, to: '#ip' },
      { id: 'factors', done: factors, to: '#mfa', values: { with: with_factor, users } },
      ...(policy.pending_until === null ? [] : [{ id: 'pending' as const, done: false, to: '#ip' }]),
      ...(codesLeft === null || !listed
        ? []
        : [{ id: 'codes' as const, done: codesLeft > 0, to: '#break-glass', values: { left: codesLeft } }]),
    ],
  }
}
