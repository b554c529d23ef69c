import type { Feature } from '../../app/feature.ts'

export const signIn: Feature = {
  pages: [
    { path: '/sign-in', bare: true, load: () => import('./sign-in-page.tsx').then((m) => m.SignInPage) },
  ],
}
