import type { Provision } from '../../security/index.ts'
import { provideRules } from './queries.ts'

/** A new account begins with cautious limits for the receivers that most mail goes to. */
export const provideShapingRules: Provision = async (trx, account) => {
  await provideRules(trx, account.id)
}
