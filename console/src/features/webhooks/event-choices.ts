import { webhookEventTypes } from '../../../../src/webhooks/event-types/contract.ts'
import type { Texts } from '../../i18n/message.ts'

const areaOf = (type: string): string => type.slice(0, type.indexOf('.'))

/** By area, the whole area first; the sample of a test needs no ticking. */
export const eventChoices = ({ t }: Pick<Texts, 't'>) => {
  const types = webhookEventTypes.filter((type) => type !== 'webhook.test')
  return [...new Set(types.map(areaOf))].map((area) => ({
    group: area,
    items: [
      { value: `${area}.*`, label: t('webhooks.events-all', { area }) },
      ...types.filter((type) => areaOf(type) === area).map((type) => ({ value: type, label: type })),
    ],
  }))
}
