import type { Deps } from '../../http/deps.ts'
import { guardOf } from '../../http/outbound.ts'
import { LRU } from '../../lib/lru.ts'
import { requestUrl } from '../../lib/outbound-guard/index.ts'
import type { CertificateOf } from './dialects/dialect.ts'
import { isAmazonUrl } from './dialects/ses.ts'

const kept = new LRU<string, string>(100)
const certificateBytesMax = 20_000

/** A certificate known already; also what tests sign with. */
export const rememberCertificate = (url: string, pem: string): void => {
  kept.set(url, pem)
}

/** Fetched once through the guard, from Amazon's own hosts alone. */
export const certificates =
  (deps: Deps): CertificateOf =>
  async (url) => {
    const known = kept.get(url)
    if (known) return known
    if (!isAmazonUrl(url)) return null
    try {
      const { status, body } = await requestUrl(guardOf(deps), {
        kind: 'provider',
        url,
        bodyBytesMax: certificateBytesMax,
        signal: deps.stopping,
      })
      if (status !== 200) return null
      const pem = body.toString('latin1')
      kept.set(url, pem)
      return pem
    } catch (error) {
      deps.log.warn({ err: error, part: 'receipts' }, 'a certificate of Amazon could not be fetched')
      return null
    }
  }
