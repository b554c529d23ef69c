import { Text } from '@mantine/core'
import type { Role } from '../../../../src/security/roles/contract.ts'

export const RoleNetworksTab = ({ role }: { readonly role: Role }) => <Text>{role.name}</Text>
