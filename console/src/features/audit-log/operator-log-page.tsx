import { Button, Modal, Stack, Text } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AuditRecord,
  listOperatorAuditLog,
  verifyOperatorAuditLog,
} from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { usePages } from '../../lib/queries.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { useLogColumns } from './log-columns.tsx'
import { useLogFilters } from './log-filters.ts'
import { LogToolbar } from './log-page.tsx'
import { RecordDrawer } from './record-drawer.tsx'
import { VerdictNote } from './verify-dialog.tsx'

const Verify = () => {
  const { t } = useTexts()
  const verify = useMutation({ mutationFn: () => call(verifyOperatorAuditLog, { body: {} }) })
  const done = verify.data !== undefined || verify.error !== null
  return (
    <>
      <Button
        leftSection={<IconShieldCheck size={16} />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('audit.verify')}
      </Button>
      <Modal opened={done} onClose={verify.reset} title={t('audit.verify-title')} size="lg">
        <Stack gap="md">
          <Text size="sm">{t('audit.verify-text')}</Text>
          {verify.data === undefined ? null : <VerdictNote verdict={verify.data} />}
          {verify.error === null ? null : <ErrorState error={verify.error} />}
        </Stack>
      </Modal>
    </>
  )
}

/** What staff did, in the installation and in customers' accounts; the accounts keep their own logs. */
export const OperatorLogPage = () => {
  const { t } = useTexts()
  const filters = useLogFilters()
  const pages = usePages(listOperatorAuditLog, { query: { ...filters.query, limit: 50 } })
  const [shown, setShown] = useState<AuditRecord | null>(null)
  return (
    <Page title={t('audit.title')} purpose={t('instance.log-purpose')} action={<Verify />}>
      <DataTable
        id="operator-audit-log"
        label={t('audit.title')}
        columns={useLogColumns()}
        pages={pages}
        rowKey={(record) => String(record.seq)}
        onOpen={setShown}
        toolbar={<LogToolbar filters={filters} />}
        empty={<EmptyState art={<Sheet />} title={t(filters.any ? 'ui.no-match' : 'audit.empty')} />}
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
