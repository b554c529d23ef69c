import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { type BounceReport, listBounceReports } from '../../../../src/inbound/reports/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LetterBox } from '../../ui/illustrations.tsx'
import { BouncesFrame } from './bounces-frame.tsx'
import { useReportColumns } from './report-columns.tsx'
import { ReportDrawer } from './report-drawer.tsx'

const views = ['all', 'unassigned', 'ignored'] as const
type View = (typeof views)[number]
const kinds = ['bounce', 'complaint', 'delayed', 'out_of_office', 'auto_reply', 'challenge', 'other'] as const
type Kind = (typeof kinds)[number]

const useReportFilters = () => {
  const [filters, setFilters] = useFilters('state', 'kind')
  const view: View = views.find((known) => known === filters.state) ?? 'all'
  const kind: Kind | null = kinds.find((known) => known === filters.kind) ?? null
  const query = { ...(view === 'all' ? {} : { state: view }), ...(kind === null ? {} : { kind }) }
  return { view, kind, query, setFilters, any: view !== 'all' || kind !== null }
}

export const ReportListPage = () => {
  const { t } = useTexts()
  const { view, kind, query, setFilters, any } = useReportFilters()
  const pages = usePages(listBounceReports, { query })
  useLive('bounce', listBounceReports)
  const [shown, setShown] = useState<BounceReport | null>(null)
  const toolbar = (
    <>
      <Select
        aria-label={t('bounces.state')}
        allowDeselect={false}
        value={view}
        onChange={(value) => setFilters({ state: value === 'all' || value === null ? undefined : value })}
        data={views.map((value) => ({ value, label: t(`bounces.${value}`) }))}
      />
      <Select
        aria-label={t('bounces.kind')}
        placeholder={t('bounces.any-kind')}
        clearable
        value={kind}
        onChange={(value) => setFilters({ kind: value ?? undefined })}
        data={kinds.map((value) => ({ value, label: t(`bounces.kind-${value}`) }))}
      />
      {view === 'unassigned' ? (
        <Text size="sm" c="dimmed">
          {t('bounces.unassigned-hint')}
        </Text>
      ) : null}
    </>
  )
  return (
    <BouncesFrame>
      <DataTable
        id="bounces"
        label={t('bounces.title')}
        columns={useReportColumns()}
        pages={pages}
        rowKey={(report) => report.id}
        onOpen={setShown}
        toolbar={toolbar}
        empty={
          <EmptyState art={<LetterBox />} title={t(any ? 'bounces.no-match' : 'bounces.empty')}>
            {t(any ? 'bounces.no-match-text' : 'bounces.empty-text')}
          </EmptyState>
        }
      />
      <ReportDrawer report={shown} onClose={() => setShown(null)} />
    </BouncesFrame>
  )
}
