import { Tooltip } from '@mantine/core'
import type { OperatedAccount } from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

export const accountStates = ['pending', 'test', 'active', 'suspended', 'closed'] as const

const colours = {
  pending: 'pending',
  test: 'scheduled',
  active: 'active',
  suspended: 'held',
  closed: 'disabled',
} as const

export const AccountState = ({ account }: { readonly account: OperatedAccount }) => {
  const { t } = useTexts()
  const badge = <StatusBadge state={colours[account.status]} label={t(`instance.state-${account.status}`)} />
  if (account.status_reason === null) return badge
  return (
    <Tooltip label={account.status_reason} multiline maw={320}>
      <span>{badge}</span>
    </Tooltip>
  )
}
