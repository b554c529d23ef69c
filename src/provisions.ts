import { provideShapingRules, provideSimulator } from './providers/index.ts'
import { type Provision, provideStream } from './security/index.ts'
import { provideSender } from './senders/index.ts'
import { provideUnsubscribePage } from './tracking/index.ts'

/** What each feature adds to a fresh account, in this order, in the transaction that makes it. */
export const provisions: readonly Provision[] = [
  provideSimulator,
  provideShapingRules,
  provideSender,
  provideUnsubscribePage,
  provideStream,
]
