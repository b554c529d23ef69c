import { useTexts } from '../../i18n/texts.tsx'
import { Page } from '../../ui/page.tsx'
import { AccountApprovals, OperatorApprovals } from './approval-list.tsx'

/** Account › Approvals. */
export const ApprovalsPage = () => {
  const { t } = useTexts()
  return (
    <Page title={t('approvals.title')} purpose={t('approvals.purpose')}>
      <AccountApprovals />
    </Page>
  )
}

/** Instance › Approvals. */
export const OperatorApprovalsPage = () => {
  const { t } = useTexts()
  return (
    <Page title={t('approvals.title')} purpose={t('approvals.purpose')}>
      <OperatorApprovals />
    </Page>
  )
}
