import { openReturnPathToken, openUnsubscribeToken } from '../../content/index.ts'
import type { Deps } from '../../http/deps.ts'
import { findReportAccount, findReturnPathAccount } from './queries.ts'

/** Whose an address is, and about which message. */
export type Destination = {
  readonly accountId: string
  readonly purpose: 'return_path' | 'unsubscribe' | 'dmarc'
  readonly messageId: string | null
  readonly runMonth: string | null
  readonly isTest: boolean
}

const tokenChars = 64

/**
 * A signed local part is enough, under whatever host of ours it arrives. Without one the host of a return path or the
 * address named for aggregate reports tells the account; everything else is none of our business.
 */
export const findDestination = async (deps: Deps, address: string): Promise<Destination | null> => {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(0, at))
  const host = address
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '')
  if (at < 1 || host === '' || host.length > 253) return null
  const from = local.length === tokenChars ? openReturnPathToken(deps.keys, local) : null
  if (from) return { ...from, purpose: 'return_path', isTest: from.test }
  const out = local.length === tokenChars ? openUnsubscribeToken(deps.keys, local) : null
  if (out) return { ...out, purpose: 'unsubscribe', isTest: out.test }
  const nothing = { messageId: null, runMonth: null, isTest: false }
  const reports = await findReportAccount(deps.db, `${local.toLowerCase()}@${host}`)
  if (reports) return { ...nothing, accountId: reports, purpose: 'dmarc' }
  const accountId = await findReturnPathAccount(deps.db, host)
  return accountId ? { ...nothing, accountId, purpose: 'return_path' } : null
}
