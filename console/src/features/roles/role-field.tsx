import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listRoles } from '../../../../src/security/roles/contract.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

type Props = {
  readonly label: string
  readonly description: string
  readonly value?: string[]
  readonly onChange?: (ids: string[]) => void
}

/** Limits a thing to roles. Shown to whoever may see roles; others leave the limit as it is. */
export const RoleField = (props: Props) => {
  const sees = useMay()('account.roles.view')
  const { data } = useQuery({ ...read(listRoles, { query: { limit: 1000 } }), enabled: sees })
  if (!sees || data === undefined) return null
  return (
    <MultiSelect data={data.data.map(({ id, name }) => ({ value: id, label: name }))} clearable {...props} />
  )
}
