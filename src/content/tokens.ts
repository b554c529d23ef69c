import type { Deps } from '../http/deps.ts'
import { uuidFromBytes, writeUuid } from '../lib/ids.ts'
import type { KeyRing } from '../lib/secrets.ts'
import { makeTokenSeal, type TokenSeal } from '../lib/token-seal.ts'

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

/** Tokens of the first layout were sealed one by one; they open for ever (email.md §9.1). */
const firstPurpose = 'link'
const layoutVersion = 1
const uuidBytes = 16
const fixedBytes = 1 + 4 * uuidBytes + 2 + 4 + 2
const positionAt = fixedBytes - 2
const noContact = Buffer.alloc(uuidBytes)
const targetBytesMax = 6_000
/** Longest token that is looked at: a personal target of `targetBytesMax` and the seal, in base64url. */
const tokenCharsMax = 8_300
const tokenPattern = /^[A-Za-z0-9_-]+$/

// The kind is authenticated and not stored: a token of one kind does not open as another.
const firstContextOf = (kind: LinkKind): string => `link|${layoutVersion}|${kind}`
const contexts = {
  open: 'link|2|open',
  click: 'link|2|click',
  unsubscribe: 'link|2|unsubscribe',
  web_version: 'link|2|web_version',
} as const satisfies Record<LinkKind, string>

const sealsOf = new WeakMap<KeyRing, readonly TokenSeal[]>()

/** The first seals, all open. */
const sealsFor = (keys: KeyRing): readonly TokenSeal[] => {
  const known = sealsOf.get(keys)
  if (known) return known
  const macs = keys.purposeKeys('link-mac')
  const made = keys.purposeKeys('link-cipher').map((key, n) => makeTokenSeal(key, macs[n] ?? Buffer.alloc(0)))
  sealsOf.set(keys, made)
  return made
}

const monthNumber = (runMonth: string): number =>
  Number(runMonth.slice(0, 4)) * 12 + Number(runMonth.slice(5, 7)) - 1
const monthText = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`

/** What all links of a message share, with room for the position at its end. */
const encodeOrigin = (origin: LinkOrigin): Buffer => {
  const bytes = Buffer.alloc(fixedBytes)
  bytes[0] = layoutVersion
  const ids = [origin.accountId, origin.campaignId, origin.messageId, origin.contactId]
  ids.forEach((id, n) => {
    if (id) writeUuid(bytes, 1 + n * uuidBytes, id)
  })
  bytes.writeUInt16BE(monthNumber(origin.runMonth), positionAt - 6)
  bytes.writeUInt32BE(origin.revision, positionAt - 4)
  return bytes
}

const withTarget = (bytes: Buffer, personalTarget: string): Buffer => {
  const target = Buffer.from(personalTarget)
  if (target.length > targetBytesMax) throw new RangeError('a personal link target is too long')
  return Buffer.concat([bytes, target])
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
 * Makes the links of one message. Tokens are sealed: neither address nor ids can be read from them, two of one message
 * share no prefix, and they do not expire (email.md §9.1).
 */
export const makeRecipientLinks = (
  deps: { readonly keys: KeyRing; readonly config: Pick<Deps['config'], 'contentUrl'> },
  origin: LinkOrigin,
): RecipientLinks => {
  const { contentUrl } = deps.config
  const [first] = sealsFor(deps.keys)
  if (!first) throw new Error('an installation has at least one key')
  const bytes = encodeOrigin(origin)
  const token = (kind: LinkKind, position = 0, personalTarget?: string): string => {
    bytes.writeUInt16BE(position, positionAt)
    return first.seal(
      contexts[kind],
      personalTarget === undefined ? bytes : withTarget(bytes, personalTarget),
    )
  }
  let webVersionUrl: string | null = null
  return {
    openPixelUrl: `${contentUrl}/o/${token('open')}.gif`,
    unsubscribeUrl: `${contentUrl}/u/${token('unsubscribe')}`,
    get webVersionUrl() {
      webVersionUrl ??= `${contentUrl}/v/${token('web_version')}`
      return webVersionUrl
    },
    clickUrl: (position, personalTarget) => `${contentUrl}/c/${token('click', position, personalTarget)}`,
  }
}

/** Reads a token of one kind; null for anything that this installation did not make for that kind. */
export const openLinkToken = (keys: KeyRing, kind: LinkKind, token: string): LinkToken | null => {
  if (token.length > tokenCharsMax || !tokenPattern.test(token)) return null
  const sealed = Buffer.from(token, 'base64url')
  // Base64url leaves bits of the last character unused; only the one spelling that was given out counts.
  if (sealed.toString('base64url') !== token) return null
  const plain = openSealed(keys, kind, sealed)
  return plain ? decode(plain) : null
}

const openSealed = (keys: KeyRing, kind: LinkKind, sealed: Buffer): Buffer | null => {
  for (const seal of sealsFor(keys)) {
    const plain = seal.open(contexts[kind], sealed)
    if (plain) return plain
  }
  return keys.open(firstPurpose, firstContextOf(kind), sealed)
}
