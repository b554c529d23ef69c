import type { Feature } from '../../app/feature.ts'

export const operations: Feature = {
  pages: [
    {
      path: '/account/operations',
      permission: 'contacts.view',
      load: () => import('./operation-list-page.tsx').then((m) => m.OperationListPage),
    },
  ],
}
