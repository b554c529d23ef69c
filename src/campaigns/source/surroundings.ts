import { findAccount } from '../../accounts/index.ts'
import type { Surroundings } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { CampaignRecord } from '../queries.ts'

/** What is the same for every recipient of a campaign: its sender, its account, its name. */
export const surroundingsOf = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  campaign: Pick<CampaignRecord, 'id' | 'name' | 'language' | 'sender_name' | 'sender_email'>,
): Promise<Surroundings> => {
  const account = await findAccount(trx, accountId)
  if (!account) throw new Error('account is gone')
  return {
    campaign: { id: campaign.id, name: campaign.name, language: campaign.language },
    sender: { name: campaign.sender_name ?? '', email: campaign.sender_email ?? '' },
    account: {
      language: account.default_language,
      timeZone: account.time_zone,
      currency: account.currency,
      postalAddress: account.postal_address,
      enforcedFooter: account.enforced_footer,
    },
    now: deps.clock.now(),
  }
}
