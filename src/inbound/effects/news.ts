import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import type { EmittedEvent } from '../../webhooks/index.ts'

export type BounceNews = {
  readonly messageId: string
  readonly sourceId: string
  readonly sourceKind: 'campaign' | 'transactional' | 'test'
  readonly contactId: string | null
  readonly address: string | null
  readonly class: string
  readonly code: string
  readonly text: string
}

const types = { hard: 'email.hard_bounced', soft: 'email.soft_bounced', block: 'email.spam_bounced' } as const
/** The words other programs know them by. */
const shown = { hard: 'HARDBOUNCE', soft: 'SOFTBOUNCE', block: 'SPAMBOUNCE' } as const

/** The members that every event of a message has (api.md A7). */
export const commonMembers = (news: Omit<BounceNews, 'class' | 'code' | 'text'>) => ({
  message_id: news.messageId,
  channel: 'email',
  campaign_id: news.sourceKind === 'campaign' ? news.sourceId : null,
  contact_id: news.contactId,
  to: news.address,
})

/** Tests are nobody's news. */
export const bounceEvents = (news: readonly BounceNews[]): EmittedEvent[] =>
  news
    .filter(({ sourceKind }) => sourceKind !== 'test')
    .map((each) => {
      const group = bounceGroupOf(each.class)
      return {
        type: types[group],
        data: {
          ...commonMembers(each),
          status: 'undelivered',
          status_description: shown[group],
          class: each.class,
          code: each.code,
          text: each.text,
        },
      }
    })
