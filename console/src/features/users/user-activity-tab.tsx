import type { User } from '../../../../src/security/users/contract.ts'
import { UserActivity } from '../audit-log/index.ts'

export const UserActivityTab = ({ user }: { readonly user: User }) => <UserActivity userId={user.id} />
