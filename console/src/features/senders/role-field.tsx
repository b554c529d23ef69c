import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listRoles } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

type Props = { readonly value?: string[]; readonly onChange?: (ids: string[]) => void }

/** Shown to whoever may see roles; others leave the limit as it is. */
export const RoleField = (props: Props) => {
  const { t } = useTexts()
  const sees = useMay()('account.roles.view')
  const { data } = useQuery({ ...read(listRoles, { query: { limit: 1000 } }), enabled: sees })
  if (!sees || data === undefined) return null
  return (
    <MultiSelect
      label={t('senders.roles')}
      description={t('senders.roles-hint')}
      data={data.data.map(({ id, name }) => ({ value: id, label: name }))}
      clearable
      {...props}
    />
  )
}
