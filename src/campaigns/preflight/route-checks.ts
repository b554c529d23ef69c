import type { Config } from '../../config.ts'
import type { Check } from '../contract.ts'
import type { CampaignRecord } from '../queries.ts'
import { block, warn } from './check.ts'

/** Records of the sender's domain; domains are not proven yet, so each of them is open on every route. */
const domainChecks = [
  ['sender_not_authorized', 'The domain of the sender is not authorized yet.'],
  ['dkim_invalid', 'Messages are not signed with DKIM.'],
  ['dmarc_missing', 'The domain of the sender has no checked DMARC record.'],
  ['return_path_invalid', 'There is no return path of the own domain; bounces go to the sender.'],
] as const

export const senderChecks = (campaign: CampaignRecord): Check[] => {
  if (!campaign.sender_email) {
    return [
      block('sender_not_authorized', {
        detail: 'No sender is chosen and there is no default.',
        pointer: '/sender_id',
      }),
    ]
  }
  return domainChecks.map(([code, detail]) => warn(code, { detail, pointer: '/sender_id' }))
}

export const routeChecks = (routed: boolean, config: Config): Check[] => {
  const checks: Check[] = []
  if (!routed) checks.push(block('no_route', { detail: 'No route leads e-mail to a provider that is on.' }))
  if (!config.contentUrl.startsWith('https:')) {
    checks.push(
      warn('one_click_missing', {
        detail:
          'The address of links is plain http; mail programs offer one-click unsubscribe over https only.',
      }),
    )
  }
  return checks
}
