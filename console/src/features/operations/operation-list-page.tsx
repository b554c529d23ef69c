import { Select, Text } from '@mantine/core'
import { listOperations, type Operation, operationTypes } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Clock } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { OperationActs } from './operation-acts.tsx'
import { OperationProgress } from './operation-progress.tsx'
import { OperationObject, useResultWords } from './operation-words.tsx'
import classes from './operations.module.css'

const operationStates = ['pending', 'in_progress', 'paused', 'completed', 'failed', 'canceled'] as const

const State = ({ operation }: { readonly operation: Operation }) => {
  const { find } = useTexts()
  const fault = operation.error_code
  return (
    <span className={classes.state}>
      <StatusBadge state={operation.state} />
      {fault === null ? null : (
        <Text span size="xs" c="red">
          {find('problems', fault) ?? operation.error_detail ?? fault}
        </Text>
      )}
    </span>
  )
}

const useColumns = (): Column<Operation>[] => {
  const { t } = useTexts()
  const toWords = useResultWords()
  const nameOf = (operation: Operation) => t(`operations.type-${operation.type}`)
  return [
    { id: 'type', header: t('operations.type'), fixed: true, cell: nameOf },
    {
      id: 'object',
      header: t('operations.object'),
      wide: true,
      cell: (operation) => <OperationObject operation={operation} />,
    },
    { id: 'state', header: t('operations.state'), cell: (operation) => <State operation={operation} /> },
    {
      id: 'progress',
      header: t('operations.progress'),
      cell: (operation) => <OperationProgress operation={operation} label={nameOf(operation)} />,
    },
    {
      id: 'result',
      header: t('operations.result'),
      wide: true,
      cell: (operation) => (
        <Text span size="sm" c="dimmed" className={classes.result ?? ''}>
          {toWords(operation)}
        </Text>
      ),
    },
    {
      id: 'started-by',
      header: t('operations.started-by'),
      wide: true,
      cell: (operation) => operation.started_by?.name ?? t('operations.by-system'),
    },
    {
      id: 'created',
      header: t('operations.created'),
      wide: true,
      cell: (operation) => <Time at={operation.created_at} />,
    },
    {
      id: 'started',
      header: t('operations.started'),
      wide: true,
      hiddenAtFirst: true,
      cell: (operation) => <Time at={operation.started_at} />,
    },
    {
      id: 'finished',
      header: t('operations.finished'),
      wide: true,
      cell: (operation) => <Time at={operation.finished_at} />,
    },
    {
      id: 'actions',
      header: t('ui.actions'),
      align: 'end',
      fixed: true,
      cell: (operation) => <OperationActs operation={operation} />,
    },
  ]
}

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
        columns={useColumns()}
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
