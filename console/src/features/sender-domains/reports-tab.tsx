import { Group, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  type DmarcReports,
  getDmarcReports,
  type SenderDomain,
} from '../../../../src/sender-domains/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Figure, Rate } from '../../ui/figures.tsx'
import { Letter } from '../../ui/illustrations.tsx'
import { Section } from '../../ui/section.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'

type Source = DmarcReports['sources'][number]

const Days = ({ days }: Pick<DmarcReports, 'days'>) => {
  const { t } = useTexts()
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sender-domains.reports-day')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-messages')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-pass')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-quarantined')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-rejected')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Td>{day.day}</Table.Td>
              <Table.Td ta="end">
                <Figure value={day.messages} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure value={day.passed} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure value={day.quarantined} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure value={day.rejected} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const Sources = ({ sources }: { readonly sources: readonly Source[] }) => {
  const { t } = useTexts()
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sender-domains.reports-source')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-messages')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-dkim')}</Table.Th>
            <Table.Th ta="end">{t('sender-domains.reports-spf')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((source) => (
            <Table.Tr key={source.source}>
              <Table.Td>{source.source}</Table.Td>
              <Table.Td ta="end">
                <Figure value={source.messages} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure value={source.dkim_aligned} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure value={source.spf_aligned} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const Reports = ({ reports }: { readonly reports: DmarcReports }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const messages = reports.days.reduce((sum, day) => sum + day.messages, 0)
  const passed = reports.days.reduce((sum, day) => sum + day.passed, 0)
  const unknown = reports.unknown_sources
  return (
    <Stack gap="md">
      <Text size="sm" maw={720}>
        {t('sender-domains.reports-text')}
      </Text>
      <Group gap="xl">
        <Text size="sm">
          {t('sender-domains.reports-count')}: {formats.number(reports.reports)}
        </Text>
        <Text size="sm">
          {t('sender-domains.reports-messages')}: <Figure value={messages} />
        </Text>
        <Text size="sm">
          {t('sender-domains.reports-pass')}:{' '}
          <Rate part={passed} whole={messages} formula={t('sender-domains.reports-pass-formula')} />
        </Text>
      </Group>
      <Section
        title={t('sender-domains.reports-unknown')}
        text={t(
          unknown.length === 0
            ? 'sender-domains.reports-none-unknown'
            : 'sender-domains.reports-unknown-text',
        )}
      >
        {unknown.length === 0 ? null : <Sources sources={unknown} />}
      </Section>
      <Section title={t('sender-domains.reports-days')}>
        <Days days={reports.days} />
      </Section>
      <Section title={t('sender-domains.reports-sources')}>
        <Sources sources={reports.sources} />
      </Section>
    </Stack>
  )
}

/** What receivers saw under the name of the domain. */
export const ReportsTab = ({ domain }: { readonly domain: SenderDomain }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getDmarcReports, { params: { id: domain.id } }))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <CardSkeleton />
  if (data.reports > 0) return <Reports reports={data} />
  return (
    <EmptyState art={<Letter />} title={t('sender-domains.reports-empty')}>
      {t('sender-domains.reports-empty-text')}
    </EmptyState>
  )
}
