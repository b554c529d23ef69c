import type { SubmitAnswer } from '../../channels/channel.ts'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { fullCode } from '../../channels/email/mx/answers.ts'
import { isSlowing } from './rate-words.ts'

export type Outcome = 'accepted' | 'deferred' | 'slowed' | 'refused' | 'blocked'

/** What an answer means for the receiver's figures; null = it says nothing about the receiver. */
export const outcomeOf = (answer: SubmitAnswer): Outcome | null => {
  switch (answer.kind) {
    case 'accepted':
      return 'accepted'
    case 'permanent':
      return bounceGroupOf(answer.class) === 'block' ? 'blocked' : 'refused'
    case 'temporary':
      return isSlowing(answer) ? 'slowed' : 'deferred'
    case 'throttled':
      return answer.scope === 'receiver' && answer.code !== fullCode ? 'slowed' : null
    case 'down':
    case 'not_begun':
    case 'unanswered':
      return null
  }
}
