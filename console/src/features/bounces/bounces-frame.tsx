import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { limitsPath, reportsPath, rulesPath } from './paths.ts'

type Props = { readonly action?: ReactNode; readonly children: ReactNode }

/** What reports, rules and limits have in common; who sees no settings sees no tabs of theirs. */
export const BouncesFrame = ({ action, children }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const settings = may('email.settings.view')
  return (
    <Page title={t('bounces.title')} purpose={t('bounces.purpose')} action={action}>
      <PageTabs
        label={t('bounces.tabs')}
        tabs={[
          ...(may('suppressions.view') ? [{ to: reportsPath, label: t('bounces.tab-reports') }] : []),
          ...(settings
            ? [
                { to: rulesPath, label: t('bounces.tab-rules') },
                { to: limitsPath, label: t('bounces.tab-limits') },
              ]
            : []),
        ]}
      />
      {children}
    </Page>
  )
}
