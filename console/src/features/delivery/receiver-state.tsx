import type { Receiver } from '../../../../src/providers/receivers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Normal, putting mail off, or slowed to a share of its rate. */
export const ReceiverState = ({ receiver }: { readonly receiver: Receiver }) => {
  const { t } = useTexts()
  const percent = receiver.shaping?.factor_percent ?? 100
  if (percent < 100) return <StatusBadge state="held" label={t('delivery.state-slowed', { percent })} />
  const refused = receiver.refused + receiver.blocked
  if (refused > 0 && refused >= receiver.accepted)
    return <StatusBadge state="rejected" label={t('delivery.state-refusing')} />
  const defers = receiver.retrying > 0 || receiver.deferred + receiver.slowed > receiver.accepted
  return defers ? (
    <StatusBadge state="deferred" label={t('delivery.state-deferring')} />
  ) : (
    <StatusBadge state="active" label={t('delivery.state-usual')} />
  )
}

/** `*` stands for receivers beyond what is told apart. */
export const SiteName = ({ site }: { readonly site: string }) => {
  const { t } = useTexts()
  return site === '*' ? t('delivery.others') : site
}
