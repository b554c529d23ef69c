import { Button, Card, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { RingingBell } from '../../ui/illustrations.tsx'
import { useDemoData } from './use-demo-data.ts'

type RemovalProps = { readonly busy: boolean; readonly onRemove: () => Promise<unknown> }

const Removal = ({ busy, onRemove }: RemovalProps) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Group justify="space-between">
        <Text>{t('home.demo-present')}</Text>
        <Button variant="default" loading={busy} onClick={() => setAsked(true)}>
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

type OfferProps = { readonly busy: boolean; readonly error: unknown; readonly onAdd: () => void }

const Offer = ({ busy, error, onAdd }: OfferProps) => {
  const { t } = useTexts()
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
        <Button variant="default" loading={busy} onClick={onAdd}>
          {t('home.demo-add')}
        </Button>
      </div>
    </Group>
  )
}

/** Sample data to look around with, and the way to be rid of it. */
export const DemoData = () => {
  const { present, busy, error, add, remove } = useDemoData()
  if (present === null) return null
  return (
    <Card withBorder padding="lg">
      {present ? (
        <Removal busy={busy} onRemove={remove} />
      ) : (
        <Offer busy={busy} error={error} onAdd={() => void add()} />
      )}
    </Card>
  )
}
