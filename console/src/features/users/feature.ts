import { listRoles } from '../../../../src/security/roles/contract.ts'
import { getUser } from '../../../../src/security/users/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const load = () => import('./user-page.tsx')
const permission = 'account.users.view' as const
const prefetch: Feature['pages'][number]['prefetch'] = (client, params) =>
  client.prefetchQuery(read(getUser, { params: { id: params['id'] ?? '' } }))

export const users: Feature = {
  pages: [
    {
      path: '/account/users',
      permission,
      load: () => import('./user-list-page.tsx').then((m) => m.UserListPage),
      prefetch: (client) => client.prefetchQuery(read(listRoles, { query: { limit: 1000 } })),
    },
    { path: '/account/users/$id', permission, prefetch, load: () => load().then((m) => m.UserBasicPage) },
    {
      path: '/account/users/$id/permissions',
      permission,
      prefetch,
      load: () => load().then((m) => m.UserPermissionsPage),
    },
    {
      path: '/account/users/$id/security',
      permission,
      prefetch,
      load: () => load().then((m) => m.UserSecurityPage),
    },
    {
      path: '/account/users/$id/activity',
      permission,
      prefetch,
      load: () => load().then((m) => m.UserActivityPage),
    },
  ],
}
