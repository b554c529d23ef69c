import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { entryRules, parseEntry } from '../network/index.ts'
import { proveToken } from './link.ts'
import { offerSetupTotp } from './totp-offer.ts'

/** In development on the machine itself the app may wait; everywhere else staff never exist without one (security.md §6.3). */
export const isTotpRequired = ({ config }: Deps): boolean =>
  !(config.loopback && !config.production) && config.operatorFactors !== 'passkey'

/** Why the address of the caller cannot be an entry of the list; null when it can. */
export const refusalOfAddress = ({ config }: Deps, address: string | null): string | null => {
  if (address === null) return 'bad_address'
  const entry = parseEntry(address, entryRules(config))
  return 'refused' in entry ? entry.refused : null
}

/** What the page may offer; the link is looked at and stays. */
export const inspectLink = (deps: Deps, token: string, address: string | null) =>
  inAccount(deps.db, instanceAccountId, async (trx) => {
    await proveToken(trx, token)
    const refused = refusalOfAddress(deps, address)
    return {
      current_address: address,
      restrict_possible: refused === null,
      restrict_refused: refused,
      public_url: deps.config.publicUrl,
      totp: await offerSetupTotp(trx, deps, token, uuidV7(deps.clock.now())),
      totp_required: isTotpRequired(deps),
    }
  })
