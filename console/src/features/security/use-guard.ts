import { IconShield, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getMfaPolicy } from '../../../../src/security/mfa/contract.ts'
import { getBreakGlassCodes, getIpPolicy } from '../../../../src/security/network/contract.ts'
import { read } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { type Guard, guardOf } from './guard.ts'

export const looks = {
  strong: { color: 'green', Icon: IconShieldCheck },
  fair: { color: 'yellow', Icon: IconShield },
  weak: { color: 'red', Icon: IconShieldX },
} as const

/** How well the account is guarded, as far as this person may see it. */
export const useGuard = (): { guard: Guard | null; error: unknown } => {
  const owner = useSession().roles.some((role) => role.name === 'Owner')
  const policy = useQuery(read(getIpPolicy))
  const mfa = useQuery(read(getMfaPolicy))
  const codes = useQuery({ ...read(getBreakGlassCodes), enabled: owner, retry: false })
  const ready = policy.data && mfa.data
  return {
    guard: ready ? guardOf(policy.data, mfa.data, codes.data?.left ?? null) : null,
    error: policy.error ?? mfa.error,
  }
}
