import { Anchor, Card, Group, Table, Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CampaignRow } from '../../../../../src/campaigns/contract.ts'
import { getReport, type Report } from '../../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { Time } from '../../../ui/figures.tsx'
import { SimulatedBadge } from '../campaign-badges.tsx'
import { pagePath } from '../campaign-path.ts'

type RowProps = { readonly campaign: CampaignRow; readonly report: Report | undefined }

const ReportRow = ({ campaign, report }: RowProps) => {
  const formats = useFormats()
  const rate = (value: number | null | undefined) => (value == null ? '–' : formats.percent(value))
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Anchor component={Link} to={`${pagePath(campaign.id)}/report`} size="sm" fw={550}>
            {campaign.name}
          </Anchor>
          {campaign.simulated ? <SimulatedBadge /> : null}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time at={campaign.started_at} />
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {formats.number(campaign.counts.accepted)}
      </Table.Td>
      <Table.Td ta="end">{rate(report?.rates.open_all)}</Table.Td>
      <Table.Td ta="end">{rate(report?.rates.click_all)}</Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {rate(report?.rates.unsubscribe)}
      </Table.Td>
    </Table.Tr>
  )
}

/** The last campaigns that are over, with what came of them. */
export const LastReports = ({ rows }: { readonly rows: readonly CampaignRow[] }) => {
  const { t } = useTexts()
  const may = useMay()('email.reports.view')
  const found = useQueries({
    queries: rows.map(({ id }) => ({ ...read(getReport, { params: { id } }), enabled: may })),
  })
  return (
    <section aria-label={t('campaigns.last-reports')}>
      <Title order={2} mb="sm">
        {t('campaigns.last-reports')}
      </Title>
      <Card withBorder padding={0}>
        <Table.ScrollContainer minWidth={360}>
          <Table aria-label={t('campaigns.last-reports')} verticalSpacing="sm" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('campaigns.name')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('campaigns.started-at')}</Table.Th>
                <Table.Th ta="end" visibleFrom="sm">
                  {t('states.accepted')}
                </Table.Th>
                <Table.Th ta="end">{t('reports.opens')}</Table.Th>
                <Table.Th ta="end">{t('reports.clicks')}</Table.Th>
                <Table.Th ta="end" visibleFrom="sm">
                  {t('states.unsubscribed')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((campaign, place) => (
                <ReportRow key={campaign.id} campaign={campaign} report={found[place]?.data} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
    </section>
  )
}
