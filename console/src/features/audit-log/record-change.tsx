import { Table, Text } from '@mantine/core'
import type { AuditRecord } from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './log.module.css'

// What came from outside is shown and never obeyed: signs that steer terminals or turn the writing round become visible.
const steering = /[\p{Cc}\p{Cf}]/gu

const toText = (value: unknown): string | null => {
  if (value === undefined || value === null) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1)
  return text.replaceAll(steering, (sign) => (sign === '\n' ? sign : '\ufffd'))
}

const Value = ({ value }: { readonly value: unknown }) => {
  const { t } = useTexts()
  const text = toText(value)
  return text === null ? (
    <Text span size="xs" c="dimmed">
      {t('audit.nothing')}
    </Text>
  ) : (
    <span className={classes.value}>{text}</span>
  )
}

/** Before and after, field by field. */
export const RecordChange = ({ diff }: { readonly diff: AuditRecord['diff'] }) => {
  const { t } = useTexts()
  const before = diff?.before ?? {}
  const after = diff?.after ?? {}
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  if (fields.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('audit.no-change')}
      </Text>
    )
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table layout="fixed" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('audit.field')}</Table.Th>
            <Table.Th>{t('audit.before')}</Table.Th>
            <Table.Th>{t('audit.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field}>
              <Table.Td>
                <span className={classes.value}>{field}</span>
              </Table.Td>
              <Table.Td>
                <Value value={before[field]} />
              </Table.Td>
              <Table.Td>
                <Value value={after[field]} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
