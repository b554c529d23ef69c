import type { SystemKind } from './kinds.ts'

/** Page of the console behind each link; the token stands in the fragment, which no server and no log ever sees. */
const linkPaths = {
  activation: '/activation',
  invitation: '/invitation',
  enrolment_link: '/enrolment',
  mfa_reset_link: '/enrolment',
  email_change_confirm: '/email-change',
  email_changed_undo: '/email-change/undo',
  password_reset: '/password-reset',
  mfa_reset_requested: '/approvals/cancel',
  sender_confirm: '/sender-confirmation',
} as const satisfies Partial<Record<SystemKind, string>>

export const notMePath = '/not-me'

/** Every page that a mailed link opens. */
export const linkPagePaths: readonly string[] = [...Object.values(linkPaths), notMePath]

const pathOf = (kind: SystemKind): string | null =>
  (linkPaths as Partial<Record<SystemKind, string>>)[kind] ?? null

/** PUBLIC_URL alone is the base: a forged Host never reaches a mail. */
const linkTo = (publicUrl: string, path: string, token: string): string =>
  `${publicUrl}${path}#token=${encodeURIComponent(token)}`

export type MessageLink = { readonly href: string; readonly token: string | null }

/** What the message asks to open, and the way to say "that was not me". */
export const linksOf = (
  publicUrl: string,
  kind: SystemKind,
  values: { readonly token?: string; readonly notMeToken?: string },
): { readonly main: MessageLink | null; readonly notMe: MessageLink | null } => {
  const path = pathOf(kind)
  const { token, notMeToken } = values
  const main = path && token !== undefined ? { href: linkTo(publicUrl, path, token), token } : null
  const notMe =
    notMeToken === undefined ? null : { href: linkTo(publicUrl, notMePath, notMeToken), token: notMeToken }
  return {
    main: kind === 'sign_up_existing' ? { href: `${publicUrl}/sign-in`, token: null } : main,
    notMe,
  }
}
