import { Button, Card, Stack, Table, Text, Title } from '@mantine/core'
import type { Campaign } from '../../../../src/campaigns/contract.ts'
import { listReportBounces } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'

/** What receivers answered, most frequent first; one sentence while nothing bounced. */
export const BouncesCard = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const pages = usePages(listReportBounces, { params: { id: campaign.id } })
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('reports.bounces')}>
      <Title order={2} mb="xs">
        {t('reports.bounces')}
      </Title>
      {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isPending ? <RowsSkeleton rows={3} /> : null}
      {!pages.isPending && pages.rows.length === 0 && pages.error === null ? (
        <Text c="dimmed">{t('reports.bounces-empty')}</Text>
      ) : null}
      {pages.rows.length === 0 ? null : (
        <Table.ScrollContainer minWidth={320}>
          <Table aria-label={t('reports.bounces')} verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('reports.bounce-class')}</Table.Th>
                <Table.Th>{t('reports.bounce-answer')}</Table.Th>
                <Table.Th ta="end">{t('reports.bounce-count')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages.rows.map((row) => (
                <Table.Tr key={`${row.word} ${row.code ?? ''} ${row.text ?? ''}`}>
                  <Table.Td>
                    <Stack gap={0}>
                      <Text span size="sm">
                        {find('reasons', row.word) ?? row.word}
                      </Text>
                      <Text span size="xs" c="dimmed">
                        {t(`reports.bounce-${row.class}`)}
                      </Text>
                    </Stack>
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {row.text ?? row.code ?? '–'}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="end">{formats.number(row.count)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages.hasMore ? (
        <Button variant="default" size="xs" onClick={pages.loadMore} loading={pages.isFetchingMore}>
          {t('ui.load-more')}
        </Button>
      ) : null}
    </Card>
  )
}
