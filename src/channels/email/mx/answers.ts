import type { SubmitAnswer } from '../../channel.ts'
import type { MailRoute } from './resolve.ts'

/** Code of our own: every connection that the site's limit allows is in use. */
export const fullCode = 'connections_in_use'

/** Told to go slower: the queue of this receiver waits at least so long. */
const slowedSeconds = 60

/**
 * What a server of a receiver says about us or about itself concerns that receiver alone: it is neither the provider's
 * fault nor a reason to stop the others (email.md §16).
 */
export const toReceiverAnswer = (answer: SubmitAnswer): SubmitAnswer => {
  switch (answer.kind) {
    case 'throttled':
      return { retryAfterSeconds: slowedSeconds, ...answer, scope: 'receiver' }
    case 'down':
      // Costs an attempt like greylisting: a receiver that never answers is not tried for ever.
      return { kind: 'temporary', code: answer.code, text: answer.text }
    default:
      return answer
  }
}

/** Answers that need no connection; null when there is a server to try. */
export const unroutable = (route: MailRoute): SubmitAnswer | null => {
  switch (route.kind) {
    case 'none':
      return { kind: 'permanent', code: route.code, class: 'unknown_domain', text: route.text }
    case 'unknown':
      return { kind: 'temporary', code: 'dns_failed', text: route.text }
    case 'hosts':
      return null
  }
}
