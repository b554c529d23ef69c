import { Select } from '@mantine/core'
import { listOperations, operationTypes } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Clock } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { useOperationColumns } from './operation-columns.tsx'

const operationStates = ['pending', 'in_progress', 'paused', 'completed', 'failed', 'canceled'] as const

const useOperationFilters = () => {
  const { t, find } = useTexts()
  const [filters, change] = useFilters('type', 'state')
  const type = operationTypes.find((one) => one === filters.type)
  const state = operationStates.find((one) => one === filters.state)
  const chips = [
    ...(type === undefined
      ? []
      : [{ name: 'type', label: t('operations.type'), value: t(`operations.type-${type}`) }]),
    ...(state === undefined
      ? []
      : [{ name: 'state', label: t('operations.state'), value: find('states', state) ?? state }]),
  ]
  return { type, state, chips, change }
}

const Toolbar = ({ filters }: { readonly filters: ReturnType<typeof useOperationFilters> }) => {
  const { t, find } = useTexts()
  const { type, state, chips, change } = filters
  return (
    <>
      <Select
        aria-label={t('operations.type')}
        placeholder={t('operations.type')}
        clearable
        data={operationTypes.map((one) => ({ value: one, label: t(`operations.type-${one}`) }))}
        value={type ?? null}
        onChange={(value) => change({ type: value ?? undefined })}
      />
      <Select
        aria-label={t('operations.state')}
        placeholder={t('operations.state')}
        clearable
        data={operationStates.map((one) => ({ value: one, label: find('states', one) ?? one }))}
        value={state ?? null}
        onChange={(value) => change({ state: value ?? undefined })}
      />
      <FilterChips
        chips={chips}
        onRemove={(names) => change(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  )
}

export const OperationListPage = () => {
  const { t } = useTexts()
  const filters = useOperationFilters()
  const { type, state } = filters
  const pages = usePages(listOperations, { query: { limit: 50, type, state } })
  useLive('operation', listOperations)
  const filtered = type !== undefined || state !== undefined
  return (
    <Page title={t('operations.title')} purpose={t('operations.purpose')}>
      <DataTable
        id="operations"
        label={t('operations.title')}
        columns={useOperationColumns()}
        pages={pages}
        rowKey={(operation) => operation.id}
        toolbar={<Toolbar filters={filters} />}
        empty={
          <EmptyState art={<Clock />} title={t(filtered ? 'ui.no-match' : 'operations.empty')}>
            {filtered ? null : t('operations.empty-text')}
          </EmptyState>
        }
      />
    </Page>
  )
}
