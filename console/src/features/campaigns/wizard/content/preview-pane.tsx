import { Alert, Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import type { Preview } from '../../../../../../src/campaigns/preview/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { ErrorState } from '../../../../ui/error-state.tsx'
import { RowsSkeleton } from '../../../../ui/skeletons.tsx'
import { ContactChooser } from './contact-chooser.tsx'
import classes from './content-step.module.css'
import { MissingValues } from './missing-values.tsx'
import type { PreviewQuery } from './preview.ts'
import { TestSendDialog } from './test-send-dialog.tsx'

const views = ['desktop', 'phone', 'text'] as const
type View = (typeof views)[number]

const Inbox = ({ preview }: { readonly preview: Preview }) => (
  <div className={classes.inbox}>
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" fw={600} truncate>
        {preview.from.name}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {preview.from.email}
      </Text>
    </Group>
    <Text size="sm" truncate>
      {preview.subject === '' ? '–' : preview.subject}
    </Text>
    <Text size="sm" c="dimmed" truncate>
      {preview.preheader}
    </Text>
  </div>
)

const Stage = ({ preview, view }: { readonly preview: Preview; readonly view: View }) => {
  const { t } = useTexts()
  if (view === 'text') {
    return (
      <div className={classes.stage}>
        <pre className={classes.text}>{preview.text}</pre>
      </div>
    )
  }
  if (preview.url === null) {
    const faulty = preview.errors.length > 0
    return (
      <Alert color={faulty ? 'red' : 'gray'} variant="light">
        {t(faulty ? 'content.preview-faulty' : 'content.preview-none')}
      </Alert>
    )
  }
  return (
    <div className={classes.stage} data-width={view}>
      {/* The strictest sandbox: a preview runs nothing, submits nothing and belongs to no origin. */}
      <iframe
        className={classes.frame}
        title={t('content.preview-title')}
        src={preview.url}
        sandbox=""
        referrerPolicy="no-referrer"
      />
    </div>
  )
}

type Props = {
  readonly campaign: Campaign
  readonly preview: PreviewQuery
  readonly onContact: (id: string) => void
  readonly beforeTest: () => Promise<boolean>
  /** The editor holds something newer than what is shown. */
  readonly isOld: boolean
}

export const PreviewPane = ({ campaign, preview, onContact, beforeTest, isOld }: Props) => {
  const { t } = useTexts()
  const [view, setView] = useState<View>('desktop')
  const [testing, setTesting] = useState(false)
  const { data, error } = preview
  return (
    <Card
      withBorder
      padding="lg"
      className={classes.pane ?? ''}
      component="section"
      aria-label={t('content.preview')}
    >
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('content.preview')}</Title>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconSend size={16} />}
            onClick={() => setTesting(true)}
          >
            {t('content.test')}
          </Button>
        </Group>
        {error === null ? null : <ErrorState error={error} onRetry={() => void preview.refetch()} />}
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton />
          ) : null
        ) : (
          <>
            <ContactChooser preview={data} onContact={onContact} />
            <Inbox preview={data} />
            <Group justify="space-between" gap="xs">
              <SegmentedControl
                size="xs"
                aria-label={t('content.preview-width')}
                value={view}
                onChange={(next) => setView(views.find((one) => one === next) ?? 'desktop')}
                data={views.map((one) => ({ value: one, label: t(`content.view-${one}`) }))}
              />
              <Text size="xs" c="dimmed" role="status">
                {isOld ? t('content.preview-old') : ''}
              </Text>
            </Group>
            <Stage preview={data} view={view} />
            <MissingValues campaign={campaign} preview={data} />
          </>
        )}
      </Stack>
      <TestSendDialog
        opened={testing}
        onClose={() => setTesting(false)}
        campaign={campaign}
        contact={data?.contact ?? null}
        before={beforeTest}
      />
    </Card>
  )
}
