import { getRole } from '../../../../src/security/roles/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const load = () => import('./role-page.tsx')
const permission = 'account.roles.view' as const
const prefetch: Feature['pages'][number]['prefetch'] = (client, params) =>
  client.prefetchQuery(read(getRole, { params: { id: params['id'] ?? '' } }))

export const roles: Feature = {
  pages: [
    {
      path: '/account/roles',
      permission,
      load: () => import('./role-list-page.tsx').then((m) => m.RoleListPage),
    },
    {
      path: '/account/roles/compare',
      permission,
      load: () => import('./compare-page.tsx').then((m) => m.ComparePage),
    },
    { path: '/account/roles/$id', permission, prefetch, load: () => load().then((m) => m.RoleRightsPage) },
    {
      path: '/account/roles/$id/people',
      permission,
      prefetch,
      load: () => load().then((m) => m.RolePeoplePage),
    },
    {
      path: '/account/roles/$id/networks',
      permission,
      prefetch,
      load: () => load().then((m) => m.RoleNetworksPage),
    },
  ],
}
