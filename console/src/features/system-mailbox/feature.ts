import type { Feature } from '../../app/feature.ts'

export const systemMailbox: Feature = {
  pages: [
    {
      path: '/mailbox',
      bare: true,
      load: () => import('./mailbox-page.tsx').then((m) => m.SystemMailboxPage),
    },
    {
      path: '/simulator/phone',
      permission: 'sending.simulator.use',
      orStaff: true,
      load: () => import('./phone-page.tsx').then((m) => m.PhonePage),
    },
  ],
}
