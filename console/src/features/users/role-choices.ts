import { useQuery } from '@tanstack/react-query'
import { listRoles } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { roleName } from './names.ts'

/** Roles to choose from; those whose rights the person does not hold himself are greyed: the server would refuse them. */
export const useRoleChoices = (kept: readonly string[] = []) => {
  const texts = useTexts()
  const may = useMay()
  const session = useSession()
  const { data } = useQuery({
    ...read(listRoles, { query: { limit: 1000 } }),
    enabled: may('account.roles.view'),
  })
  const mine = new Set(session.roles.map((role) => role.id))
  const ownerId = data?.data.find((role) => role.key === 'owner')?.id ?? ''
  const held = new Set(session.permissions)
  return (data?.data ?? []).map((role) => ({
    value: role.id,
    label: roleName(role, texts),
    disabled:
      !kept.includes(role.id) &&
      (role.permissions.some((key) => !held.has(key)) || (role.key === 'owner' && !mine.has(ownerId))),
  }))
}
