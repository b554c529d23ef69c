import type { Feature } from '../../app/feature.ts'

export const setup: Feature = {
  pages: [{ path: '/setup', bare: true, load: () => import('./setup-page.tsx').then((m) => m.SetupPage) }],
}
