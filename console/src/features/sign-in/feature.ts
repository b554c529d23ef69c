import type { Feature } from '../../app/feature.ts'

export const signIn: Feature = {
  pages: [
    { path: '/sign-in', bare: true, load: () => import('./sign-in-page.tsx').then((m) => m.SignInPage) },
    {
      path: '/enrolment',
      bare: true,
      load: () => import('./enrolment-page.tsx').then((m) => m.EnrolmentPage),
    },
    { path: '/not-me', bare: true, load: () => import('./not-me-page.tsx').then((m) => m.NotMePage) },
    {
      path: '/break-glass',
      bare: true,
      load: () => import('./break-glass-page.tsx').then((m) => m.BreakGlassPage),
    },
  ],
}
