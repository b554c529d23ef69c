import { Anchor, Button, Code, Drawer, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import {
  assignBounceReport,
  type BounceReport,
  discardBounceReport,
  getBounceReport,
  listBounceReports,
} from '../../../../src/inbound/reports/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { useSeesPersonalData } from '../../lib/personal-data.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { answerOf, Meaning, ReportState } from './report-columns.tsx'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </div>
)

const Facts = ({ report }: { readonly report: BounceReport }) => {
  const { t } = useTexts()
  const recipient = `/email/campaigns/${report.campaign_id ?? ''}/recipients`
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Meaning report={report} />
        <ReportState report={report} />
      </Group>
      <Fact label={t('bounces.received')}>
        <Time at={report.received_at} /> · {t(`bounces.source-${report.source}`)}
      </Fact>
      <Fact label={t('bounces.recipient')}>{report.address ?? '–'}</Fact>
      {report.subject === null ? null : <Fact label={t('bounces.subject')}>{report.subject}</Fact>}
      {report.text === null && report.code === null ? null : (
        <Fact label={t('bounces.answer')}>{answerOf(report)}</Fact>
      )}
      {report.campaign_id === null ? null : (
        <Fact label={t('bounces.campaign')}>
          <Anchor component={Link} to={recipient} size="sm">
            {report.campaign_name}
          </Anchor>
        </Fact>
      )}
      {report.message_id === null ? null : (
        <Fact label={t('bounces.message')}>
          <Code>{report.message_id}</Code>
        </Fact>
      )}
    </Stack>
  )
}

const Raw = ({ report }: { readonly report: BounceReport }) => {
  const { t } = useTexts()
  const sees = useSeesPersonalData()
  const { data, error, refetch } = useQuery(read(getBounceReport, { params: { id: report.id } }))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <RowsSkeleton rows={4} />
  if (data.raw === null)
    return (
      <Text size="sm" c="dimmed">
        {t(sees ? 'bounces.raw-gone' : 'bounces.raw-hidden')}
      </Text>
    )
  return (
    <Code
      block
      mah={420}
      style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      tabIndex={0}
    >
      {data.raw}
    </Code>
  )
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const Match = ({ report, onDone }: { readonly report: BounceReport; readonly onDone: () => void }) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const form = useForm({
    initialValues: { message_id: '' },
    validate: {
      message_id: (value) =>
        uuid.test(value.trim().toLowerCase()) ? null : find('problems', 'field.pattern'),
    },
  })
  const done = async (words: 'bounces.matched' | 'bounces.discarded') => {
    await refresh(client, listBounceReports, getBounceReport)
    notifications.show({ color: 'green', message: t(words) })
    onDone()
  }
  const { busy, error, submit } = useSubmit(form, async ({ message_id }) => {
    const body = { message_id: message_id.trim().toLowerCase() }
    await call(assignBounceReport, { params: { id: report.id }, body })
    await done('bounces.matched')
  })
  const discard = useMutation({
    mutationFn: async () => {
      await call(discardBounceReport, { params: { id: report.id }, body: {} })
      await done('bounces.discarded')
    },
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Title order={3}>{t('bounces.match-title')}</Title>
        <Text size="sm">{t('bounces.match-text')}</Text>
        <FormProblems
          form={form}
          error={error ?? discard.error}
          labels={{ message_id: t('bounces.match-id') }}
        />
        <TextInput
          label={t('bounces.match-id')}
          maxLength={36}
          spellCheck={false}
          {...form.getInputProps('message_id')}
        />
        <Group justify="flex-end">
          <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('bounces.discard')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('bounces.match')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Props = { readonly report: BounceReport | null; readonly onClose: () => void }

/** One report whole; what nobody could match is matched here. */
export const ReportDrawer = ({ report, onClose }: Props) => {
  const { t } = useTexts()
  const manages = useMay()('suppressions.manage')
  const open = report !== null && (report.state === 'unassigned' || report.state === 'waiting')
  return (
    <Drawer
      opened={report !== null}
      onClose={onClose}
      title={report === null ? '' : t(`bounces.kind-${report.kind}`)}
      position="right"
      size="lg"
    >
      {report === null ? null : (
        <Stack gap="lg">
          <Facts report={report} />
          {open && manages ? <Match report={report} onDone={onClose} /> : null}
          <Stack gap="xs">
            <Title order={3}>{t('bounces.raw')}</Title>
            <Raw report={report} />
          </Stack>
        </Stack>
      )}
    </Drawer>
  )
}
