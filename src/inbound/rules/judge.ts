import type { Trx } from '../../db/pool.ts'
import { receiverOf } from '../effects/address.ts'
import { judge } from './match.ts'
import { listOwnRules } from './queries.ts'

/** Classes that say: this is no bounce at all (email.md §11.1). */
export const harmlessClasses = ['out_of_office', 'auto_reply', 'challenge'] as const
type Harmless = (typeof harmlessClasses)[number]

const isHarmless = (word: string): word is Harmless => (harmlessClasses as readonly string[]).includes(word)

export type JudgedReport = {
  readonly kind: 'bounce' | Harmless
  readonly class: string | null
  readonly ruleId: string | null
}

/** What the account's rules and the shipped ones make of an answer. */
export const judgeReport = async (
  trx: Trx,
  accountId: string,
  told: { readonly address: string | null; readonly code: string; readonly text: string },
): Promise<JudgedReport> => {
  const rules = await listOwnRules(trx, accountId)
  const found = judge(rules, { code: told.code, text: told.text, receiver: receiverOf(told.address) })
  return isHarmless(found.class)
    ? { kind: found.class, class: null, ruleId: found.ruleId }
    : { kind: 'bounce', class: found.class, ruleId: found.ruleId }
}
