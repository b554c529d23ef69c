import { useTexts } from '../../i18n/texts.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'

export const ShapingTabs = () => {
  const { t } = useTexts()
  return (
    <PageTabs
      label={t('delivery.tabs')}
      tabs={[
        { to: '/email/settings/warm-up', label: t('delivery.warmup-title') },
        { to: '/email/settings/shaping', label: t('delivery.limits-title') },
      ]}
    />
  )
}
