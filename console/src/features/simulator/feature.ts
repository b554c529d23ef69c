import { listSimulatorMessages } from '../../../../src/simulator/contract.ts'
import { listSimulatorScripts } from '../../../../src/simulator/scripts/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { messagePath } from './place.ts'

export const simulator: Feature = {
  pages: [
    {
      path: '/simulator/mailbox',
      permission: 'sending.simulator.use',
      orStaff: true,
      load: () => import('./mailbox-page.tsx').then((m) => m.MailboxPage),
    },
    {
      path: '/simulator/scripts',
      permission: 'sending.simulator.use',
      load: () => import('./scripts/scripts-page.tsx').then((m) => m.ScriptsPage),
      prefetch: (client) => client.prefetchQuery(read(listSimulatorScripts)),
    },
  ],
  search: [
    {
      id: 'mail',
      heading: 'menu.mailbox',
      permission: 'sending.simulator.use',
      find: async (q, signal) => {
        const page = await call(listSimulatorMessages, { query: { q, limit: 6 }, signal })
        return page.data.map((mail) => ({
          id: mail.id,
          title: mail.subject ?? mail.from.email,
          note: mail.to.email,
          to: messagePath(mail.id),
        }))
      },
    },
  ],
}
