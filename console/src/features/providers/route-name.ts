import type { SendingRoute } from '../../../../src/providers/contract.ts'
import type { Texts } from '../../i18n/message.ts'

/** "Campaigns to example.com": which mail a route takes, in words. */
export const routeName = (route: SendingRoute, { t }: Texts): string => {
  const parts = [
    t(route.traffic === 'any' ? 'providers.route-all' : `providers.route-${route.traffic}`),
    route.receiving_domain === null ? null : t('providers.route-domain', { domain: route.receiving_domain }),
    route.country === null ? null : t('providers.route-country', { country: route.country }),
    route.sender_id === null ? null : t('providers.route-sender'),
  ]
  const name = parts.filter((part) => part !== null).join(' ')
  return route.enabled ? name : t('providers.route-off', { route: name })
}
