import { Badge, Group, Text } from '@mantine/core'
import type { AuditRecord } from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import classes from './log.module.css'
import { useWords } from './words.ts'

const colors = { ok: 'green', denied: 'orange', error: 'red' } as const

export const ResultBadge = ({ record }: { readonly record: AuditRecord }) => {
  const words = useWords()
  return (
    <Badge color={colors[record.result]} variant="light" radius="sm" tt="none" miw="max-content">
      {words.result(record)}
    </Badge>
  )
}

const Event = ({ record }: { readonly record: AuditRecord }) => {
  const words = useWords()
  return (
    <Group gap="xs" wrap="wrap">
      <Text span size="sm" fw={550}>
        {words.action(record)}
      </Text>
      {record.result === 'ok' || record.action.endsWith('.denied') ? null : <ResultBadge record={record} />}
    </Group>
  )
}

export const ActorName = ({ record }: { readonly record: AuditRecord }) => {
  const words = useWords()
  const marker = words.marker(record)
  return (
    <Group gap={6} wrap="wrap">
      <span className={classes.breakable}>{words.actor(record)}</span>
      {marker === null || marker === words.actor(record) ? null : (
        <Badge size="sm" variant="default" radius="sm" tt="none">
          {marker}
        </Badge>
      )}
    </Group>
  )
}

export const useLogColumns = (): Column<AuditRecord>[] => {
  const { t } = useTexts()
  const words = useWords()
  return [
    { id: 'time', header: t('audit.time'), fixed: true, cell: (record) => <Time at={record.at} /> },
    { id: 'section', header: t('audit.section'), wide: true, cell: words.section },
    { id: 'action', header: t('audit.action'), cell: (record) => <Event record={record} /> },
    { id: 'actor', header: t('audit.actor'), wide: true, cell: (record) => <ActorName record={record} /> },
    {
      id: 'address',
      header: t('audit.address'),
      wide: true,
      cell: (record) => <span className="tabular">{words.address(record)}</span>,
    },
    {
      id: 'object',
      header: t('audit.object'),
      wide: true,
      cell: (record) => (
        <Text span size="xs" ff="monospace" className={classes.breakable ?? ''}>
          {words.object(record)}
        </Text>
      ),
    },
  ]
}
