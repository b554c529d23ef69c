import { Text, Tooltip } from '@mantine/core'
import type { Recipient } from '../../../../../src/reports/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import type { Column } from '../../../ui/data-table.tsx'
import { Figure, Time } from '../../../ui/figures.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'

/** A planned row that was tried already waits for its next try; that is what people want to read. */
export const shownState = (row: Pick<Recipient, 'state' | 'attempts' | 'bounce'>): string => {
  if (row.state === 'planned' && row.attempts > 0) return 'deferred'
  return row.state === 'accepted' && row.bounce !== null ? 'bounced' : row.state
}

const Dash = () => (
  <Text span c="dimmed">
    –
  </Text>
)

const Answer = ({ row }: { readonly row: Recipient }) => {
  if (row.answer === null) return <Dash />
  const text = `${row.answer.code} ${row.answer.text}`.trim()
  return (
    <Tooltip label={text} multiline maw={420}>
      <Text size="sm" truncate maw={170}>
        {text}
      </Text>
    </Tooltip>
  )
}

export const recipientColumns = ({ t, find }: Texts): readonly Column<Recipient>[] => [
  {
    id: 'address',
    header: t('reports.address'),
    fixed: true,
    cell: (row) => (
      <>
        {row.address ?? t('reports.address-none')}
        <Text size="xs" c="dimmed" fw={400} truncate>
          {row.contact_name}
        </Text>
      </>
    ),
  },
  { id: 'state', header: t('reports.filter-state'), cell: (row) => <StatusBadge state={shownState(row)} /> },
  {
    id: 'reason',
    header: t('reports.filter-reason'),
    wide: true,
    cell: (row) => (row.reason === null ? <Dash /> : (find('reasons', row.reason) ?? row.reason)),
  },
  {
    id: 'attempts',
    header: t('reports.attempts'),
    wide: true,
    align: 'end',
    cell: (row) => <Figure value={row.attempts} />,
  },
  { id: 'answer', header: t('reports.answer'), wide: true, cell: (row) => <Answer row={row} /> },
  {
    id: 'opens',
    header: t('reports.opens'),
    wide: true,
    align: 'end',
    cell: (row) => (row.opened_all === 0 ? <Dash /> : <Figure value={row.opened_all} />),
  },
  {
    id: 'clicks',
    header: t('reports.clicks'),
    wide: true,
    align: 'end',
    cell: (row) => (row.clicked_all === 0 ? <Dash /> : <Figure value={row.clicked_all} />),
  },
  {
    id: 'handed-at',
    header: t('reports.handed-at'),
    wide: true,
    hiddenAtFirst: true,
    cell: (row) => <Time at={row.handed_at} />,
  },
  {
    id: 'unsubscribed-at',
    header: t('states.unsubscribed'),
    wide: true,
    hiddenAtFirst: true,
    cell: (row) => <Time at={row.unsubscribed_at} />,
  },
]
