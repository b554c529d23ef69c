import type { Feature } from '../../app/feature.ts'

const load = () => import('./approvals-page.tsx')

export const approvals: Feature = {
  pages: [
    {
      path: '/account/approvals',
      permission: 'account.approvals.view',
      load: () => load().then((m) => m.ApprovalsPage),
    },
    {
      path: '/instance/approvals',
      permission: 'operator.approvals.decide',
      load: () => load().then((m) => m.OperatorApprovalsPage),
    },
  ],
}
