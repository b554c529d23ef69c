import type { Feature } from '../../app/feature.ts'

export const auditLog: Feature = {
  pages: [
    {
      path: '/account/application-log',
      permission: 'account.audit_log.view',
      load: () => import('./log-page.tsx').then((m) => m.LogPage),
    },
    {
      path: '/profile/activity',
      load: () => import('./own-activity-page.tsx').then((m) => m.OwnActivityPage),
    },
  ],
}
