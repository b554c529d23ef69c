import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { OperatedAccount } from '../../../../src/operator/accounts/contract.ts'
import {
  getAccountEntitlements,
  getSecurityEntitlements,
} from '../../../../src/operator/entitlements/contract.ts'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { OrdinaryEntitlements } from './ordinary-entitlements.tsx'
import { SecurityEntitlementsForm } from './security-entitlements.tsx'

/** What the account may use: the protection of its sign-in first, everything else beneath. */
export const EntitlementsTab = ({ account }: { readonly account: OperatedAccount }) => {
  const params = { id: account.id }
  const security = useQuery(read(getSecurityEntitlements, { params }))
  const ordinary = useQuery(read(getAccountEntitlements, { params }))
  const error = security.error ?? ordinary.error
  if (error)
    return (
      <ErrorState error={error} onRetry={() => void Promise.all([security.refetch(), ordinary.refetch()])} />
    )
  if (!security.data || !ordinary.data) return <CardSkeleton />
  return (
    <Stack gap="md">
      <SecurityEntitlementsForm
        key={`security-${security.data.version}`}
        accountId={account.id}
        granted={security.data}
      />
      <OrdinaryEntitlements
        key={`ordinary-${ordinary.data.version}`}
        accountId={account.id}
        granted={ordinary.data}
      />
    </Stack>
  )
}
