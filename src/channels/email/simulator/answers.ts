import type { SubmitAnswer } from '../../channel.ts'
import type { AnswerClass } from './contract.ts'

export const accepted: SubmitAnswer = {
  kind: 'accepted',
  providerRef: null,
  text: '250 2.0.0 kept in the built-in mailbox',
}
const full: SubmitAnswer = { kind: 'temporary', code: '4.2.2', text: '452 4.2.2 mailbox full (simulated)' }
const later: SubmitAnswer = {
  kind: 'temporary',
  code: '4.7.1',
  text: '451 4.7.1 try again later (simulated)',
}
const throttled: SubmitAnswer = {
  kind: 'throttled',
  code: '4.7.0',
  text: '421 4.7.0 too many messages, slow down (simulated)',
  retryAfterSeconds: 30,
}
const down: SubmitAnswer = {
  kind: 'down',
  code: 'connection_refused',
  text: 'No connection to the server (simulated).',
  retryAfterSeconds: 60,
}
export const cut: SubmitAnswer = {
  kind: 'unanswered',
  code: 'connection_lost',
  text: 'The connection was lost after DATA (simulated).',
}

/** What is said to a message that is not taken; null for one that is. */
export const refusalOf = (answer: AnswerClass): SubmitAnswer | null => {
  switch (answer) {
    case 'hard':
      return {
        kind: 'permanent',
        code: '5.1.1',
        class: 'unknown_user',
        text: '550 5.1.1 no such user here (simulated)',
      }
    case 'spam':
      return {
        kind: 'permanent',
        code: '5.7.1',
        class: 'spam',
        text: '550 5.7.1 message looks like spam (simulated)',
      }
    case 'soft':
    case 'full':
      return full
    case 'defer':
      return later
    case 'throttle':
      return throttled
    case 'down':
      return down
    case 'ok':
    case 'cut':
    case 'drop':
    case 'slow':
      return null
  }
}
