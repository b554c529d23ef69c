import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { IpEntry, IpPolicy } from '../../../../../src/security/network/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'

type Props = { readonly policy: IpPolicy; readonly entries: readonly IpEntry[] }

/** What deserves a look, above the list. */
export const PolicyWarnings = ({ policy, entries }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const told = policy.warnings.map((warning) => {
    const entry = entries.find((one) => one.id === warning.entry_id)
    const until = warning.until === undefined ? '' : formats.exact(warning.until)
    const values = { name: warning.name ?? '', address: warning.address ?? entry?.address ?? '', until }
    return {
      id: `${warning.code} ${warning.entry_id ?? warning.address ?? ''}`,
      text: t(`networks.warn-${warning.code}`, values),
    }
  })
  if (told.length === 0) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={20} />} role="status">
      <List size="sm" spacing={4}>
        {told.map(({ id, text }) => (
          <List.Item key={id}>{text}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
