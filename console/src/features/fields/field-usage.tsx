import { List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getFieldUsage } from '../../../../src/contacts/fields/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'

/** How many contacts have a value, and what uses the field. */
export const FieldUsage = ({ name }: { readonly name: string }) => {
  const { t } = useTexts()
  const { percent } = useFormats()
  const { data: usage } = useQuery(read(getFieldUsage, { params: { name } }))
  if (usage === undefined) return null
  const share = usage.contacts === 0 ? 0 : usage.filled / usage.contacts
  return (
    <div>
      <Text size="sm">
        {t('fields.filled', { count: usage.filled, contacts: usage.contacts, share: percent(share) })}
      </Text>
      {usage.used_in.length === 0 ? null : (
        <>
          <Text size="sm" mt="xs">
            {t('fields.used-in')}
          </Text>
          <List size="sm">
            {usage.used_in.map((use) => (
              <List.Item key={use.id}>{use.name}</List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  )
}
