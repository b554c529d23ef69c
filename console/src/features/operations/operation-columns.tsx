import { Text } from '@mantine/core'
import type { Operation } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { OperationActs } from './operation-acts.tsx'
import { OperationProgress } from './operation-progress.tsx'
import { OperationObject, useResultWords } from './operation-words.tsx'
import classes from './operations.module.css'

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

const useTimeColumns = (): Column<Operation>[] => {
  const { t } = useTexts()
  return [
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
  ]
}

export const useOperationColumns = (): Column<Operation>[] => {
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
    ...useTimeColumns(),
    {
      id: 'actions',
      header: t('ui.actions'),
      align: 'end',
      fixed: true,
      cell: (operation) => <OperationActs operation={operation} />,
    },
  ]
}
