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

type FigureRow = { readonly name: string; readonly figures: readonly number[] }

/** A name and its figures in each row; `heads` begins with the head of the names. */
const FigureTable = ({ heads, rows }: { readonly heads: readonly string[]; readonly rows: FigureRow[] }) => {
  const [first, ...others] = heads
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{first}</Table.Th>
            {others.map((head) => (
              <Table.Th key={head} ta="end">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, figures }) => (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              {others.map((head, at) => (
                <Table.Td key={head} ta="end">
                  <Figure value={figures[at] ?? 0} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const Days = ({ days }: Pick<DmarcReports, 'days'>) => {
  const { t } = useTexts()
  const heads = [
    t('sender-domains.reports-day'),
    t('sender-domains.reports-messages'),
    t('sender-domains.reports-pass'),
    t('sender-domains.reports-quarantined'),
    t('sender-domains.reports-rejected'),
  ]
  const rows = days.map(({ day, messages, passed, quarantined, rejected }) => ({
    name: day,
    figures: [messages, passed, quarantined, rejected],
  }))
  return <FigureTable heads={heads} rows={rows} />
}

const Sources = ({ sources }: { readonly sources: readonly Source[] }) => {
  const { t } = useTexts()
  const heads = [
    t('sender-domains.reports-source'),
    t('sender-domains.reports-messages'),
    t('sender-domains.reports-dkim'),
    t('sender-domains.reports-spf'),
  ]
  const rows = sources.map(({ source, messages, dkim_aligned, spf_aligned }) => ({
    name: source,
    figures: [messages, dkim_aligned, spf_aligned],
  }))
  return <FigureTable heads={heads} rows={rows} />
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
