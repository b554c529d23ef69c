import { getMe, listOwnSessions } from '../../../../src/security/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const profile: Feature = {
  pages: [
    {
      path: '/profile',
      load: () => import('./profile-page.tsx').then((m) => m.ProfilePage),
      prefetch: (client) => client.prefetchQuery(read(getMe)),
    },
    {
      path: '/profile/sign-in',
      load: () => import('./own-sign-in-page.tsx').then((m) => m.OwnSignInPage),
      prefetch: (client) => client.prefetchQuery(read(listOwnSessions)),
    },
  ],
}
