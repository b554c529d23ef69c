import { Alert, Anchor, Button, Group, Modal, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { getAuditExport, startAuditExport } from '../../../../src/audit-exports/contract.ts'
import { useTexts, useTongue } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { readClock } from '../../lib/clock.ts'
import { endOfDay, startOfDay } from '../../lib/day-bounds.ts'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'

const pollMs = 1_000
const monthMs = 30 * 86_400_000
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const Progress = ({ id }: { readonly id: string }) => {
  const { t } = useTexts()
  const query = useQuery({
    ...read(getAuditExport, { params: { id }, background: true }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'pending' || state.data?.state === 'in_progress' ? pollMs : false,
  })
  if (query.error !== null) return <ErrorState error={query.error} />
  const state = query.data?.state ?? 'pending'
  if (query.data?.url != null)
    return (
      <Alert color="green">
        <Group justify="space-between">
          <Text size="sm">{t('audit.export-ready', { rows: query.data.rows })}</Text>
          <Button
            component="a"
            href={query.data.url}
            download
            size="xs"
            leftSection={<IconDownload size={16} />}
          >
            {t('audit.download')}
          </Button>
        </Group>
      </Alert>
    )
  if (state === 'failed' || state === 'expired')
    return (
      <Alert color="red">
        <Anchor component={Link} to="/account/operations" size="sm">
          {t('audit.export-failed')}
        </Anchor>
      </Alert>
    )
  return <Text size="sm">{t('audit.export-running')}</Text>
}

const useExport = () => {
  const { zone } = useTongue()
  const now = readClock()
  const [from, setFrom] = useState(dayOf(new Date(now.getTime() - monthMs)))
  const [to, setTo] = useState(dayOf(now))
  const [format, setFormat] = useState<'csv' | 'json'>('csv')
  const range = { from: startOfDay(from, zone), to: endOfDay(to, zone) }
  const start = useMutation({
    mutationFn: () =>
      call(startAuditExport, { body: { from: range.from ?? '', to: range.to ?? '', format } }),
  })
  const ready = range.from !== undefined && range.to !== undefined && range.from <= range.to
  return { from, setFrom, to, setTo, format, setFormat, start, ready }
}

const Body = () => {
  const { t } = useTexts()
  const { from, setFrom, to, setTo, format, setFormat, start, ready } = useExport()
  return (
    <Stack gap="md">
      <Text size="sm">{t('audit.export-text')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          type="date"
          label={t('audit.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('audit.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Radio.Group
        label={t('audit.format')}
        value={format}
        onChange={(value) => setFormat(value === 'json' ? 'json' : 'csv')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="csv" label={t('audit.format-csv')} />
          <Radio value="json" label={t('audit.format-json')} />
        </Stack>
      </Radio.Group>
      <div role="status">{start.data === undefined ? null : <Progress id={start.data.id} />}</div>
      {start.error === null ? null : <ErrorState error={start.error} />}
      <Group justify="flex-end">
        <Button loading={start.isPending} disabled={!ready} onClick={() => start.mutate()}>
          {t('audit.export-start')}
        </Button>
      </Group>
    </Stack>
  )
}

type Props = { readonly opened: boolean; readonly onClose: () => void }

/** A range of the log as a file; the work goes on in the background when the dialogue is closed. */
export const ExportDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('audit.export-title')}>
      <Body />
    </Modal>
  )
}
