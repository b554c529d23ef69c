import { Button, Card, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { RingingBell } from '../../ui/illustrations.tsx'

type Props = {
  readonly present: boolean
  readonly onAdd: () => Promise<unknown>
  readonly onRemove: () => Promise<unknown>
}

const Removal = ({ onRemove }: Pick<Props, 'onRemove'>) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Group justify="space-between">
        <Text>{t('home.demo-present')}</Text>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('home.demo-remove')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('home.demo-remove-title')}
        losses={[t('home.demo-loss-contacts'), t('home.demo-loss-groups'), t('home.demo-loss-campaign')]}
        action={t('home.demo-remove')}
        onConfirm={onRemove}
      >
        {t('home.demo-remove-text')}
      </ConfirmDialog>
    </>
  )
}

const Offer = ({ onAdd }: Pick<Props, 'onAdd'>) => {
  const { t } = useTexts()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const add = async () => {
    setBusy(true)
    setError(null)
    await onAdd().catch(setError)
    setBusy(false)
  }
  return (
    <Group wrap="nowrap" align="center" gap="xl">
      <Group visibleFrom="sm">
        <RingingBell />
      </Group>
      <div>
        <Title order={2}>{t('home.demo-title')}</Title>
        <Text c="dimmed" mb="sm">
          {t('home.demo-text')}
        </Text>
        {error === null ? null : <ErrorState error={error} />}
        <Button variant="default" loading={busy} onClick={() => void add()}>
          {t('home.demo-add')}
        </Button>
      </div>
    </Group>
  )
}

/** Sample data to look around with, and the way to be rid of it. */
export const DemoDataCard = ({ present, onAdd, onRemove }: Props) => (
  <Card withBorder padding="lg">
    {present ? <Removal onRemove={onRemove} /> : <Offer onAdd={onAdd} />}
  </Card>
)
