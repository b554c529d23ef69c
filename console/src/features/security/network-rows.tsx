import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { meaningOf } from './ip/entry-columns.tsx'

type Row = {
  readonly id: string
  readonly address: string
  readonly size: string
  readonly label: string | null
  readonly expires_at: string | null
}
type Props = {
  readonly rows: readonly Row[]
  /** Null where the person may only look. */
  readonly onDelete: ((id: string) => void) | null
  readonly empty: string
}

/** A short list of networks: address, meaning, end, Delete. */
export const NetworkRows = ({ rows, onDelete, empty }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  if (rows.length === 0) return <Text size="sm">{empty}</Text>
  return (
    <List
      listStyleType="none"
      spacing="xs"
      styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
    >
      {rows.map((row) => (
        <List.Item key={row.id}>
          <Group justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                {row.address}
              </Text>
              <Text size="xs" c="dimmed">
                {[
                  meaningOf(row.size, texts),
                  row.label,
                  row.expires_at === null
                    ? null
                    : t('networks.ends', { until: formats.exact(row.expires_at) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Stack>
            {onDelete === null ? null : (
              <Button
                variant="light"
                color="red"
                size="xs"
                flex="none"
                aria-label={t('networks.delete-label', { address: row.address })}
                onClick={() => onDelete(row.id)}
              >
                {t('ui.delete')}
              </Button>
            )}
          </Group>
        </List.Item>
      ))}
    </List>
  )
}
