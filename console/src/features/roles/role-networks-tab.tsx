import type { Role } from '../../../../src/security/roles/contract.ts'
import { RoleNetworks } from '../security/index.ts'

export const RoleNetworksTab = ({ role }: { readonly role: Role }) => <RoleNetworks roleId={role.id} />
