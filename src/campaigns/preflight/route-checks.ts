import type { Config } from '../../config.ts'
import type { SendingFault } from '../../sender-domains/index.ts'
import type { Check } from '../contract.ts'
import type { CampaignRecord } from '../queries.ts'
import { block, warn } from './check.ts'

type SenderOfCampaign = Pick<CampaignRecord, 'sender_email' | 'sender_state'>

const details: Readonly<Record<SendingFault, string>> = {
  sender_not_authorized: 'The domain of the sender is not authorized.',
  dkim_invalid: 'No DKIM record of the domain is right now; messages would not be signed.',
  dmarc_missing: 'The domain of the sender has no DMARC record.',
  return_path_invalid: 'The return path of the domain is not right now; bounces would go to the sender.',
}

/** What is wrong with the sender and its domain; a local route needs no domain (email.md §6). */
export const senderChecks = (
  campaign: SenderOfCampaign,
  faults: readonly SendingFault[],
  local: boolean,
): Check[] => {
  const pointer = '/sender_id'
  if (!campaign.sender_email)
    return [
      block('sender_not_authorized', { detail: 'No sender is chosen and there is no default.', pointer }),
    ]
  if (campaign.sender_state === 'blocked')
    return [block('sender_not_authorized', { detail: 'The sender is blocked.', pointer })]
  const level = local ? warn : block
  return faults.map((code) => level(code, { detail: details[code], pointer }))
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
