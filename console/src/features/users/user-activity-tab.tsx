import { Text } from '@mantine/core'
import type { User } from '../../../../src/security/users/contract.ts'

export const UserActivityTab = ({ user }: { readonly user: User }) => <Text>{user.login}</Text>
