import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { addressesPath, domainsPath, requestsPath } from './paths.ts'

type Props = { readonly action?: ReactNode; readonly children: ReactNode }

/** What the three parts of the list have in common. */
export const SuppressionFrame = ({ action, children }: Props) => {
  const { t } = useTexts()
  return (
    <Page title={t('suppressions.title')} purpose={t('suppressions.purpose')} action={action}>
      <PageTabs
        label={t('suppressions.tabs')}
        tabs={[
          { to: addressesPath, label: t('suppressions.tab-addresses') },
          { to: domainsPath, label: t('suppressions.tab-domains') },
          { to: requestsPath, label: t('suppressions.tab-requests') },
        ]}
      />
      {children}
    </Page>
  )
}
