import { Stack, Text } from '@mantine/core'
import type { BounceReport } from '../../../../src/inbound/reports/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './bounces.module.css'

const colours: Readonly<Record<BounceReport['state'], string>> = {
  applied: 'accepted',
  repeated: 'suppressed',
  ignored: 'suppressed',
  waiting: 'deferred',
  unassigned: 'held',
  discarded: 'archived',
}

/** Code and words, the code not twice. */
export const answerOf = ({ code, text }: BounceReport): string | null => {
  if (text === null || code === null) return text ?? code
  return text.includes(code) ? text : `${code} ${text}`
}

export const ReportState = ({ report }: { readonly report: BounceReport }) => {
  const { t } = useTexts()
  return <StatusBadge state={colours[report.state]} label={t(`bounces.state-${report.state}`)} />
}

/** Kind, and for bounces what they mean. */
export const Meaning = ({ report }: { readonly report: BounceReport }) => {
  const { t, find } = useTexts()
  return (
    <Stack gap={0}>
      <Text span size="sm">
        {t(`bounces.kind-${report.kind}`)}
      </Text>
      {report.class === null ? null : (
        <Text span size="xs" c="dimmed">
          {find('reasons', report.class) ?? report.class}
        </Text>
      )}
    </Stack>
  )
}

export const useReportColumns = (): readonly Column<BounceReport>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'recipient',
      header: t('bounces.recipient'),
      fixed: true,
      cell: (report) => report.address ?? report.subject ?? '–',
    },
    { id: 'meaning', header: t('bounces.meaning'), cell: (report) => <Meaning report={report} /> },
    { id: 'state', header: t('bounces.state'), cell: (report) => <ReportState report={report} /> },
    {
      id: 'answer',
      header: t('bounces.answer'),
      wide: true,
      cell: (report) => (
        <Text span size="xs" c="dimmed" maw={260} lineClamp={2} className={classes.words ?? ''}>
          {answerOf(report) ?? '–'}
        </Text>
      ),
    },
    {
      id: 'campaign',
      header: t('bounces.campaign'),
      wide: true,
      cell: (report) => report.campaign_name ?? '–',
    },
    {
      id: 'source',
      header: t('bounces.source'),
      hiddenAtFirst: true,
      cell: (report) => t(`bounces.source-${report.source}`),
    },
    {
      id: 'received',
      header: t('bounces.received'),
      wide: true,
      cell: (report) => <Time at={report.received_at} />,
    },
  ]
}
