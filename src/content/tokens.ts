import type { Deps } from '../http/deps.ts'
import { uuidFromBytes, uuidToBytes } from '../lib/ids.ts'
import type { KeyRing } from '../lib/secrets.ts'

export type LinkKind = 'open' | 'click' | 'unsubscribe' | 'web_version'

/** For whom and from what a link was made. `campaignId` names the campaign whose content it is, also in a test message. */
export type LinkOrigin = {
  readonly accountId: string
  readonly campaignId: string
  readonly messageId: string
  readonly contactId: string | null
  /** First day of the month, the partition of the ledger row (sending.md §16). */
  readonly runMonth: string
  readonly revision: number
}

export type LinkToken = LinkOrigin & {
  /** Place of the link in the content, 0 where the kind has none. */
  readonly position: number
  /** Target that exists for this recipient alone; null = the stored target of the position. */
  readonly personalTarget: string | null
}

/** The links of one recipient's message; what renders content takes this as an argument. */
export type RecipientLinks = {
  readonly openPixelUrl: string
  readonly unsubscribeUrl: string
  readonly webVersionUrl: string
  clickUrl(position: number, personalTarget?: string): string
}

const purpose = 'link'
const layoutVersion = 1
const uuidBytes = 16
const fixedBytes = 1 + 4 * uuidBytes + 2 + 4 + 2
const noContact = Buffer.alloc(uuidBytes)
const targetBytesMax = 6_000
/** Longest token that is looked at: a personal target of `targetBytesMax` and the seal, in base64url. */
const tokenCharsMax = 8_300
const tokenPattern = /^[A-Za-z0-9_-]+$/

// The kind is authenticated and not stored: a token of one kind does not open as another.
const contextOf = (kind: LinkKind): string => `link|${layoutVersion}|${kind}`

const monthNumber = (runMonth: string): number =>
  Number(runMonth.slice(0, 4)) * 12 + Number(runMonth.slice(5, 7)) - 1
const monthText = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`

const encode = (origin: LinkOrigin, position: number, personalTarget: string | null): Buffer => {
  const target = Buffer.from(personalTarget ?? '')
  if (target.length > targetBytesMax) throw new RangeError('a personal link target is too long')
  const tail = Buffer.alloc(8)
  tail.writeUInt16BE(monthNumber(origin.runMonth), 0)
  tail.writeUInt32BE(origin.revision, 2)
  tail.writeUInt16BE(position, 6)
  return Buffer.concat([
    Buffer.from([layoutVersion]),
    uuidToBytes(origin.accountId),
    uuidToBytes(origin.campaignId),
    uuidToBytes(origin.messageId),
    origin.contactId ? uuidToBytes(origin.contactId) : noContact,
    tail,
    target,
  ])
}

const decode = (bytes: Buffer): LinkToken | null => {
  if (bytes.length < fixedBytes || bytes[0] !== layoutVersion) return null
  const uuidAt = (index: number): string =>
    uuidFromBytes(bytes.subarray(1 + index * uuidBytes, 1 + (index + 1) * uuidBytes))
  const tail = 1 + 4 * uuidBytes
  const hasContact = !bytes.subarray(tail - uuidBytes, tail).equals(noContact)
  return {
    accountId: uuidAt(0),
    campaignId: uuidAt(1),
    messageId: uuidAt(2),
    contactId: hasContact ? uuidAt(3) : null,
    runMonth: monthText(bytes.readUInt16BE(tail)),
    revision: bytes.readUInt32BE(tail + 2),
    position: bytes.readUInt16BE(tail + 6),
    personalTarget: bytes.length > fixedBytes ? bytes.subarray(fixedBytes).toString() : null,
  }
}

/**
 * Makes the links of one message. Tokens are sealed (AES-256-GCM, key by HKDF): neither address nor ids can be read
 * from them, two of one message share no prefix beyond the key's name, and they do not expire (email.md §9.1).
 */
export const makeRecipientLinks = (
  deps: { readonly keys: KeyRing; readonly config: Pick<Deps['config'], 'contentUrl'> },
  origin: LinkOrigin,
): RecipientLinks => {
  const token = (kind: LinkKind, position = 0, personalTarget: string | null = null): string =>
    deps.keys.seal(purpose, contextOf(kind), encode(origin, position, personalTarget)).toString('base64url')
  const { contentUrl } = deps.config
  return {
    openPixelUrl: `${contentUrl}/o/${token('open')}.gif`,
    unsubscribeUrl: `${contentUrl}/u/${token('unsubscribe')}`,
    webVersionUrl: `${contentUrl}/v/${token('web_version')}`,
    clickUrl: (position, personalTarget) => `${contentUrl}/c/${token('click', position, personalTarget)}`,
  }
}

/** Reads a token of one kind; null for anything that this installation did not make for that kind. */
export const openLinkToken = (keys: KeyRing, kind: LinkKind, token: string): LinkToken | null => {
  if (token.length > tokenCharsMax || !tokenPattern.test(token)) return null
  const sealed = Buffer.from(token, 'base64url')
  // Base64url leaves bits of the last character unused; only the one spelling that was given out counts.
  if (sealed.toString('base64url') !== token) return null
  const plain = keys.open(purpose, contextOf(kind), sealed)
  return plain ? decode(plain) : null
}
