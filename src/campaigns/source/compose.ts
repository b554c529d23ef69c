import type { RenderedMessage } from '../../channels/channel.ts'
import type { Content } from '../../content/contract.ts'
import {
  type CompiledEmail,
  type ComposeMime,
  type ContactValues,
  makeRecipientLinks,
  makeUnsubscribeToken,
  renderParts,
  type Surroundings,
} from '../../content/index.ts'
import type { Deps } from '../../http/deps.ts'
import { LRU } from '../../lib/lru.ts'
import type { RecipientRow, Rendering } from '../../messages/index.ts'
import type { SendingIdentity } from '../../sender-domains/index.ts'

/** One revision with all that its messages share. */
export type Letter = {
  readonly deps: Deps
  readonly accountId: string
  readonly campaignId: string
  readonly sourceId: string
  readonly origin: RenderedMessage['origin']
  readonly revision: number
  readonly runMonth: string
  readonly email: CompiledEmail
  readonly content: Content
  readonly surroundings: Surroundings
  readonly compose: ComposeMime
  /** What the sender's domain gives: return path, host of links. */
  readonly identity: SendingIdentity
  /** Stands before the subject; empty but for marked tests. */
  readonly subjectMark: string
}

const fullName = (contact: ContactValues | null): string =>
  [contact?.first_name, contact?.last_name].filter(Boolean).join(' ')

/** RFC 8058 §3.1: one-click works by this line. */
export const sharedHeaders = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

const headersFor = (
  messageId: string,
  unsubscribeUrl: string,
  unsubscribeAddress: string | null,
): Record<string, string> => ({
  'X-Campanile-Message': messageId,
  'List-Unsubscribe':
    unsubscribeAddress === null
      ? `<${unsubscribeUrl}>`
      : `<${unsubscribeUrl}>, <mailto:${unsubscribeAddress}?subject=unsubscribe>`,
})

const hosts = new LRU<string, string>(100)

const hostOf = (origin: string): string => {
  const known = hosts.get(origin)
  if (known !== undefined) return known
  const { hostname } = new URL(origin)
  hosts.set(origin, hostname)
  return hostname
}

/** Where links lead: the tracking host of the sender's domain, else the installation's own. */
const linkPlace = ({ deps, identity }: Letter) =>
  identity.trackingOrigin === null
    ? deps
    : { keys: deps.keys, config: { contentUrl: identity.trackingOrigin } }

/** Without a return path of the own domain, bounces go where answers would. */
const envelopeFromOf = ({ identity, origin, runMonth, surroundings }: Letter, messageId: string): string =>
  identity.returnPath?.({ messageId, runMonth, test: origin === 'test' }) ?? surroundings.sender.email

/** Where mail to leave goes (RFC 2369 §3.2); null without a listener that would take it (email.md §10.1). */
const unsubscribeAddressOf = (
  { deps, accountId, identity, origin, runMonth }: Letter,
  messageId: string,
  envelopeFrom: string,
): string | null => {
  const { bounceSmtpListen, mailHost } = deps.config
  if (bounceSmtpListen === null) return null
  const token = makeUnsubscribeToken(deps.keys, { accountId, messageId, runMonth, test: origin === 'test' })
  const host = identity.returnPath ? envelopeFrom.slice(envelopeFrom.lastIndexOf('@') + 1) : mailHost
  return `${token}@${host}`
}

/** The whole message of one recipient; what cannot be filled in is a value, not a throw. */
export const composeFor = (letter: Letter, row: RecipientRow, contact: ContactValues | null): Rendering => {
  const { deps, accountId, content } = letter
  const surroundings = { ...letter.surroundings, now: deps.clock.now() }
  const links = makeRecipientLinks(linkPlace(letter), {
    accountId,
    campaignId: letter.campaignId,
    messageId: row.messageId,
    // A test must not unsubscribe the contact whose data it shows.
    contactId: letter.origin === 'test' ? null : row.contactId,
    runMonth: letter.runMonth,
    revision: letter.revision,
  })
  const rendered = renderParts(letter.email, contact, surroundings, links)
  if ('fault' in rendered) return { failed: 'render_failed', detail: rendered.fault.reason }
  const { email } = rendered
  if (letter.origin === 'campaign' && content.on_missing !== 'empty' && email.missing.length > 0) {
    return { failed: 'render_failed', detail: `no value: ${email.missing.join(', ')}` }
  }
  const envelopeFrom = envelopeFromOf(letter, row.messageId)
  const unsubscribeAddress = unsubscribeAddressOf(letter, row.messageId, envelopeFrom)
  const raw = letter.compose({
    fromName: email.fromName,
    to: { name: fullName(contact), address: row.address },
    subject: letter.subjectMark + email.subject,
    html: email.html,
    text: email.text,
    headers: headersFor(row.messageId, links.unsubscribeUrl, unsubscribeAddress),
    messageId: `${row.messageId}@${hostOf(deps.config.contentUrl)}`,
    date: surroundings.now,
  })
  return {
    messageId: row.messageId,
    accountId,
    sourceId: letter.sourceId,
    origin: letter.origin,
    recipient: row.address,
    envelopeFrom,
    raw,
    wireReady: true,
  }
}
