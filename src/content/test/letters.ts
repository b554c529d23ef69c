import type { Content } from '../contract.ts'
import { type CompiledEmail, compileEmail } from '../email/compile.ts'
import type { ContactValues, Surroundings } from '../email/data.ts'
import { type RenderedEmail, type RenderKind, renderEmail } from '../email/render.ts'
import type { RecipientLinks } from '../tokens.ts'

export const aContent = (given: Partial<Content> = {}): Content => ({
  subject: 'Hello',
  preheader: '',
  html: '<p>Hello</p>',
  text: null,
  reply_to: null,
  from_name: null,
  tracking: { opens: true, clicks: true, anonymous: false },
  utm: null,
  on_missing: 'empty',
  web_version: true,
  ...given,
})

/** Links whose target can be read in the output. */
export const links: RecipientLinks = {
  openPixelUrl: 'https://c.test/o/P.gif',
  unsubscribeUrl: 'https://c.test/u/U',
  webVersionUrl: 'https://c.test/v/V',
  clickUrl: (position, target) =>
    `https://c.test/c/${position}${target === undefined ? '' : `-${encodeURIComponent(target)}`}`,
}

export const surroundings: Surroundings = {
  campaign: { id: 'c1', name: 'Spring', language: null },
  sender: { name: 'Shop', email: 'shop@acme.test' },
  account: {
    language: 'en',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    postalAddress: null,
    enforcedFooter: false,
  },
  now: new Date('2026-11-22T21:30:00Z'),
}

export const compiled = (given: Partial<Content> = {}): CompiledEmail => {
  const made = compileEmail(aContent(given))
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  return made.email
}

export const rendered = (
  given: Partial<Content>,
  contact: ContactValues | null = null,
  account: Partial<Surroundings['account']> = {},
  kind: RenderKind = 'message',
): RenderedEmail => {
  const around = { ...surroundings, account: { ...surroundings.account, ...account } }
  const made = renderEmail(compiled(given), contact, around, links, kind)
  if ('fault' in made) throw new Error(JSON.stringify(made.fault))
  return made.email
}
