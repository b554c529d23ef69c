import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'

export const ProfileFrame = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTexts()
  const tabs = [
    { to: '/profile', label: t('profile.data') },
    { to: '/profile/sign-in', label: t('profile.sign-in') },
    { to: '/profile/activity', label: t('audit.activity') },
  ]
  return (
    <Page title={t('profile.title')}>
      <PageTabs label={t('profile.sections')} tabs={tabs} />
      {children}
    </Page>
  )
}
