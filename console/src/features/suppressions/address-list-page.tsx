import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { listSuppressions, type Suppression } from '../../../../src/contacts/suppressions/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { useSeesPersonalData } from '../../lib/personal-data.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useAddressColumns } from './address-columns.tsx'
import { AddressDialog } from './address-dialog.tsx'
import { AddressMenu } from './address-menu.tsx'
import { SuppressionFrame } from './suppression-frame.tsx'

const reasons = [
  'hard_bounced',
  'soft_bounced_repeatedly',
  'complained',
  'unsubscribed',
  'blacklisted_address',
  'erased',
] as const

const useToolbar = () => {
  const { t } = useTexts()
  const sees = useSeesPersonalData()
  const [filters, setFilters] = useFilters('address', 'reason')
  const toolbar = (
    <>
      {sees ? (
        <SearchField
          value={filters.address}
          onChange={(address) => setFilters({ address })}
          placeholder={t('suppressions.search')}
        />
      ) : null}
      <Select
        aria-label={t('suppressions.reason')}
        placeholder={t('suppressions.any-reason')}
        clearable
        value={filters.reason ?? null}
        onChange={(reason) => setFilters({ reason: reason ?? undefined })}
        data={reasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        w={260}
      />
    </>
  )
  return { filters, toolbar }
}

const queryOf = ({ address, reason }: Readonly<Partial<Record<'address' | 'reason', string>>>) => ({
  channel: 'email' as const,
  ...(address === undefined ? {} : { address }),
  ...(reasons.some((known) => known === reason) ? { reason: reason as (typeof reasons)[number] } : {}),
})

export const AddressListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('suppressions.manage')
  const { filters, toolbar } = useToolbar()
  const pages = usePages(listSuppressions, { query: queryOf(filters) })
  useLive('bounce', listSuppressions)
  const [adding, setAdding] = useState(false)
  const menu = (row: Suppression) => <AddressMenu entry={row} manages={manages} />
  const any = filters.address !== undefined || filters.reason !== undefined
  return (
    <SuppressionFrame
      action={
        manages ? (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('suppressions.add')}
          </Button>
        ) : null
      }
    >
      <DataTable
        id="suppressions"
        label={t('suppressions.title')}
        columns={useAddressColumns(menu)}
        pages={pages}
        rowKey={(row) => row.id}
        toolbar={toolbar}
        empty={
          <EmptyState art={<SilentBell />} title={t(any ? 'suppressions.no-match' : 'suppressions.empty')}>
            {t(any ? 'suppressions.no-match-text' : 'suppressions.empty-text')}
          </EmptyState>
        }
      />
      <AddressDialog opened={adding} onClose={() => setAdding(false)} />
    </SuppressionFrame>
  )
}
