import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { type AuditRecord, listAuditLog } from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { useLogColumns } from './log-columns.tsx'
import { LogFilterMenu } from './log-filter-menu.tsx'
import { type LogFilters, useLogFilters } from './log-filters.ts'
import { QuickFilters } from './quick-filters.tsx'
import { RecordDrawer } from './record-drawer.tsx'
import { VerifyDialog } from './verify-dialog.tsx'

const Toolbar = ({ filters }: { readonly filters: LogFilters }) => {
  const { t } = useTexts()
  return (
    <>
      <SearchField
        value={filters.values.q}
        onChange={(q) => filters.change({ q })}
        placeholder={t('audit.search')}
      />
      <LogFilterMenu values={filters.values} onChange={filters.change} />
      <QuickFilters values={filters.values} onChange={filters.change} />
      <FilterChips
        chips={filters.chips}
        onRemove={(names) => filters.change(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  )
}

const Actions = () => {
  const { t } = useTexts()
  const may = useMay()
  const [verifying, verify] = useDisclosure(false)
  const [exporting, exports] = useDisclosure(false)
  return (
    <>
      {may('account.audit_log.export') ? (
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={exports.open}>
          {t('audit.export')}
        </Button>
      ) : null}
      <Button leftSection={<IconShieldCheck size={16} />} onClick={verify.open}>
        {t('audit.verify')}
      </Button>
      <VerifyDialog opened={verifying} onClose={verify.close} />
      <ExportDialog opened={exporting} onClose={exports.close} />
    </>
  )
}

export const LogPage = () => {
  const { t } = useTexts()
  const filters = useLogFilters()
  const pages = usePages(listAuditLog, { query: { ...filters.query, limit: 50 } })
  const [shown, setShown] = useState<AuditRecord | null>(null)
  return (
    <Page title={t('audit.title')} purpose={t('audit.purpose')} action={<Actions />}>
      <DataTable
        id="audit-log"
        label={t('audit.title')}
        columns={useLogColumns()}
        pages={pages}
        rowKey={(record) => String(record.seq)}
        onOpen={setShown}
        toolbar={<Toolbar filters={filters} />}
        empty={
          <EmptyState art={<Sheet />} title={t(filters.any ? 'ui.no-match' : 'audit.empty')}>
            {t(filters.any ? 'audit.no-match-text' : 'audit.empty-text')}
          </EmptyState>
        }
      />
      <RecordDrawer
        record={shown}
        onClose={() => setShown(null)}
        onFilter={(change) => {
          setShown(null)
          filters.change(change)
        }}
      />
    </Page>
  )
}
