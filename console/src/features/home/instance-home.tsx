import { Card } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'

export const InstanceHome = () => {
  const { t } = useTexts()
  return (
    <Page title={t('home.instance-title')}>
      <Card withBorder>
        <EmptyState art={<SilentBell />} title={t('home.instance-empty')}>
          {t('home.instance-text')}
        </EmptyState>
      </Card>
    </Page>
  )
}
