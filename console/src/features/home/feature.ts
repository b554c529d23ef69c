import type { Feature } from '../../app/feature.ts'

export const home: Feature = {
  pages: [{ path: '/', load: () => import('./home-page.tsx').then((m) => m.HomePage) }],
}
