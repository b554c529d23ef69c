import { getOperatedAccount, listAccounts } from '../../../../src/operator/accounts/contract.ts'
import type { Feature, PageRoute } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const accountPage = (part: string, load: PageRoute['load']): PageRoute => ({
  path: `/instance/accounts/$id${part}` as `/${string}`,
  permission: 'operator.accounts.view',
  load,
  prefetch: (client, { id = '' }) => client.prefetchQuery(read(getOperatedAccount, { params: { id } })),
})
const page = () => import('./account-page.tsx')

export const instance: Feature = {
  pages: [
    {
      path: '/instance/accounts',
      permission: 'operator.accounts.view',
      load: () => import('./account-list-page.tsx').then((m) => m.AccountListPage),
      prefetch: (client) => client.prefetchQuery(read(listAccounts)),
    },
    accountPage('', () => page().then((m) => m.AccountOverviewPage)),
    accountPage('/entitlements', () => page().then((m) => m.AccountEntitlementsPage)),
    accountPage('/users', () => page().then((m) => m.AccountUsersPage)),
    {
      path: '/instance/staff',
      permission: 'operator.staff.manage',
      load: () => import('./staff-page.tsx').then((m) => m.StaffPage),
    },
  ],
}
