import type { Trx } from '../../db/pool.ts'
import type { SimulatorMessage } from '../contract.ts'
import { type PublishedKey, verifyDkim } from './dkim.ts'
import { listPublishedDomains, listPublishedKeys, type PublishedDomain } from './queries.ts'

export type Authentication = NonNullable<SimulatorMessage['authentication']>

/** What receivers would find of the account's domains. */
export type Published = {
  readonly keys: readonly PublishedKey[]
  readonly domains: readonly PublishedDomain[]
}

export const findPublished = async (trx: Trx, accountId: string): Promise<Published> => ({
  keys: await listPublishedKeys(trx, accountId),
  domains: await listPublishedDomains(trx, accountId),
})

type Mail = { readonly raw: Buffer; readonly from: string; readonly envelopeFrom: string | null }

const hostOf = (address: string | null): string => address?.split('@').at(-1)?.toLowerCase() ?? ''
/** Relaxed alignment (RFC 7489 §3.1), as far as it can be told without a list of public suffixes. */
const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)
const isAligned = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one)

/**
 * What a receiver would say of a mail that came from this installation with these records published; null where nothing
 * proves anything and nothing asks for it.
 */
export const authenticate = (
  { raw, from, envelopeFrom }: Mail,
  published: Published,
): Authentication | null => {
  const dkim = verifyDkim(raw, published.keys)
  const [author, sender] = [hostOf(from), hostOf(envelopeFrom)]
  const path = published.domains.find(({ returnPath }) => returnPath === sender)
  const spf = path?.spf ? 'pass' : 'none'
  const passes =
    dkim.some(({ domain, result }) => result === 'pass' && isAligned(domain, author)) ||
    (spf === 'pass' && isAligned(sender, author))
  const hasPolicy = published.domains.some(({ domain, dmarc }) => dmarc && isWithin(author, domain))
  if (dkim.length === 0 && spf === 'none' && !hasPolicy) return null
  return { dkim, spf, dmarc: hasPolicy ? (passes ? 'pass' : 'fail') : 'none' }
}
