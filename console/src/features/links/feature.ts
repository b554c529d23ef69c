import type { Feature } from '../../app/feature.ts'

/** Pages behind mailed links, and those that ask for one; whoever opens them is not signed in. */
export const links: Feature = {
  pages: [
    {
      path: '/invitation',
      bare: true,
      load: () => import('./invitation-page.tsx').then((m) => m.InvitationPage),
    },
    {
      path: '/activation',
      bare: true,
      load: () => import('./activation-page.tsx').then((m) => m.ActivationPage),
    },
    { path: '/sign-up', bare: true, load: () => import('./sign-up-page.tsx').then((m) => m.SignUpPage) },
    {
      path: '/password-reset',
      bare: true,
      load: () => import('./password-reset-page.tsx').then((m) => m.PasswordResetPage),
    },
    {
      path: '/email-change',
      bare: true,
      load: () => import('./act-pages.tsx').then((m) => m.EmailConfirmPage),
    },
    {
      path: '/email-change/undo',
      bare: true,
      load: () => import('./act-pages.tsx').then((m) => m.EmailUndoPage),
    },
    {
      path: '/sender-confirmation',
      bare: true,
      load: () => import('./sender-page.tsx').then((m) => m.SenderConfirmPage),
    },
    {
      path: '/approvals/cancel',
      bare: true,
      load: () => import('./act-pages.tsx').then((m) => m.CancelPage),
    },
  ],
}
