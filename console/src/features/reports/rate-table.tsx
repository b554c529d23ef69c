import { Anchor, Card, Table, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Report, ReportRates } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { pagePath } from '../campaigns/campaign-path.ts'
import { isUnjudged, ReportRate } from './rates.tsx'
import classes from './reports.module.css'

type CountName = keyof Report['counts']
type Row = {
  readonly count: CountName
  readonly rate?: keyof ReportRates
  /** Leads to exactly the people behind the figure. */
  readonly search?: Readonly<Record<string, string>>
}

const fate: readonly Row[] = [
  { count: 'audience', search: {} },
  { count: 'accepted', search: { state: 'accepted' } },
  { count: 'delivered', rate: 'delivery', search: { delivered: 'true' } },
  { count: 'pending', search: { state: 'pending' } },
  { count: 'deferred', search: { delivery_status: 'deferred' } },
  { count: 'rejected', search: { state: 'rejected' } },
  { count: 'suppressed', search: { state: 'suppressed' } },
  { count: 'uncertain', search: { state: 'uncertain' } },
  { count: 'hard_bounced', rate: 'bounce_hard', search: { bounce: 'hard' } },
  { count: 'soft_bounced', rate: 'bounce_soft', search: { bounce: 'soft' } },
  { count: 'spam_bounced', rate: 'bounce_block', search: { bounce: 'block' } },
]

const reactions: readonly Row[] = [
  { count: 'opened_all', rate: 'open_all', search: { opened: 'true' } },
  { count: 'opened_human', rate: 'open_human' },
  { count: 'clicked_all', rate: 'click_all', search: { clicked: 'true' } },
  { count: 'clicked_human', rate: 'click' },
  { count: 'unsubscribed', rate: 'unsubscribe', search: { unsubscribed: 'true' } },
  { count: 'complained', rate: 'complaint' },
]

const Value = ({ report, row }: { readonly report: Report; readonly row: Row }) => {
  const formats = useFormats()
  const may = useMay()('email.recipients.view')
  const value = report.counts[row.count]
  if (row.rate !== undefined && isUnjudged(report, row.rate)) return '–'
  if (row.search === undefined || value === 0 || !may) return formats.number(value)
  return (
    <Anchor
      component={Link}
      to={`${pagePath(report.campaign_id)}/recipients`}
      search={row.search as never}
      size="sm"
    >
      {formats.number(value)}
    </Anchor>
  )
}

type TableProps = { readonly report: Report; readonly title: string; readonly rows: readonly Row[] }

const Figures = ({ report, title, rows }: TableProps) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding="lg">
      <Title order={2} mb="xs">
        {title}
      </Title>
      <Table aria-label={title} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reports.figure')}</Table.Th>
            <Table.Th ta="end">{t('reports.people')}</Table.Th>
            <Table.Th ta="end">{t('reports.rate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.count}>
              <Table.Td>{t(`reports.count-${row.count as 'accepted'}`)}</Table.Td>
              <Table.Td ta="end">
                <Value report={report} row={row} />
              </Table.Td>
              <Table.Td ta="end">
                {row.rate === undefined ? null : <ReportRate report={report} name={row.rate} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}

/** Every figure with its formula on hover: what became of the messages, and what people did. */
export const RateTable = ({ report }: { readonly report: Report }) => {
  const { t } = useTexts()
  return (
    <div className={classes.tables}>
      <Figures report={report} title={t('reports.fate')} rows={fate} />
      <Figures report={report} title={t('reports.reactions')} rows={reactions} />
    </div>
  )
}
