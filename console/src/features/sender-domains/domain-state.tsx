import type { SenderDomainItem } from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

const badgeState = {
  draft: 'draft',
  pending: 'held',
  partial: 'held',
  authorized: 'active',
  broken: 'failed',
  disabled: 'disabled',
} as const

export const DomainState = ({ state }: { readonly state: SenderDomainItem['state'] }) => {
  const { t } = useTexts()
  return <StatusBadge state={badgeState[state]} label={t(`sender-domains.state-${state}`)} />
}

export const mayWords = ({ may_send: may }: SenderDomainItem) => {
  if (may.campaigns) return 'sender-domains.sends-all'
  return may.transactional ? 'sender-domains.sends-api' : 'sender-domains.sends-none'
}
