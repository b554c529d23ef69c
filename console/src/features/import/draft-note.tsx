import { Card } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Sheet } from '../../ui/illustrations.tsx'

/** For those who may look at imports but not make them. */
export const DraftNote = () => {
  const { t } = useTexts()
  return (
    <Card withBorder>
      <EmptyState art={<Sheet />} title={t('imports.not-started')}>
        {t('imports.not-started-text')}
      </EmptyState>
    </Card>
  )
}
