import { Button, Select } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type Import, listImports } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

const importStates = [
  'analysed',
  'pending',
  'in_progress',
  'paused',
  'completed',
  'failed',
  'canceled',
] as const

const useColumns = (): Column<Import>[] => {
  const { t } = useTexts()
  const count = (name: 'inserted' | 'updated' | 'skipped' | 'rejected', wide: boolean): Column<Import> => ({
    id: name,
    header: t(`imports.result-${name}`),
    align: 'end',
    wide,
    cell: (run) => (run.state === 'analysed' ? '–' : <Figure value={run.counts[name]} />),
  })
  return [
    { id: 'file', header: t('imports.file'), fixed: true, cell: (run) => run.file_name },
    {
      id: 'state',
      header: t('imports.state'),
      cell: (run) => (
        <StatusBadge
          state={run.state === 'analysed' ? 'draft' : run.state}
          label={t(`imports.state-${run.state}`)}
        />
      ),
    },
    {
      id: 'rows',
      header: t('imports.row-count'),
      align: 'end',
      cell: (run) => <Figure value={run.counts.rows === 0 ? (run.analysis?.rows ?? 0) : run.counts.rows} />,
    },
    count('inserted', true),
    count('updated', true),
    count('skipped', true),
    count('rejected', true),
    { id: 'by', header: t('imports.by'), wide: true, cell: (run) => run.created_by?.name },
    { id: 'created', header: t('imports.created'), wide: true, cell: (run) => <Time at={run.created_at} /> },
  ]
}

const NewButton = () => {
  const { t } = useTexts()
  const may = useMay()
  return may('contacts.import.run') ? (
    <Button component={Link} to="/contacts/imports/new" leftSection={<IconUpload size={16} />}>
      {t('imports.new')}
    </Button>
  ) : null
}

export const ImportListPage = () => {
  const { t } = useTexts()
  const [filters, setFilters] = useFilters('state')
  const state = importStates.find((one) => one === filters.state)
  const pages = usePages(listImports, { query: { limit: 50, state } })
  useLive('import', listImports)
  return (
    <Page title={t('imports.title')} purpose={t('imports.purpose')} action={<NewButton />}>
      <DataTable
        id="imports"
        label={t('imports.title')}
        columns={useColumns()}
        pages={pages}
        rowKey={(run) => run.id}
        rowTo={(run) => `/contacts/imports/${run.id}`}
        toolbar={
          <Select
            aria-label={t('imports.state')}
            placeholder={t('imports.state')}
            clearable
            data={importStates.map((one) => ({ value: one, label: t(`imports.state-${one}`) }))}
            value={state ?? null}
            onChange={(chosen) => setFilters({ state: chosen ?? undefined })}
          />
        }
        empty={
          state === undefined ? (
            <EmptyState art={<Sheet />} title={t('imports.empty')} action={<NewButton />}>
              {t('imports.empty-text')}
            </EmptyState>
          ) : (
            <EmptyState art={<Sheet />} title={t('ui.no-match')} />
          )
        }
      />
    </Page>
  )
}
