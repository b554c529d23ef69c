import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { changeBounceClasses, type NoteRefusals, type Refusal } from '../messages/index.ts'
import { emitEvents } from '../webhooks/index.ts'
import { addressHasher, receiverOf } from './effects/address.ts'
import { bounceEvents } from './effects/news.ts'
import { insertBounces } from './effects/queries.ts'
import { suppressAtLimit } from './effects/suppress.ts'
import { judge, type OwnRule } from './rules/match.ts'
import { listOwnRules } from './rules/queries.ts'

type Judged = { readonly refusal: Refusal; readonly class: string; readonly hash: Buffer | null }

/** Only an account's own rule overrules what the adapter found: that knew the stage of the dialogue. */
const judgeAnew = (rules: readonly OwnRule[], refusal: Refusal): string => {
  if (rules.length === 0 || refusal.class === 'expired') return refusal.class
  const { class: word, ruleId } = judge(rules, { ...refusal, receiver: receiverOf(refusal.address) })
  return ruleId === null ? refusal.class : word
}

const correctLedger = (trx: Trx, accountId: string, judged: readonly Judged[]): Promise<void> =>
  changeBounceClasses(
    trx,
    accountId,
    judged
      .filter((each) => each.class !== each.refusal.class)
      .map(({ refusal, class: word }) => ({
        message_id: refusal.messageId,
        run_month: refusal.runMonth,
        class: word,
      })),
  )

/**
 * What was refused at hand-off, in the transaction that records it: rows and events are the engine's, everything after is
 * the same as for a bounce that comes back later.
 */
export const noteRefusals: NoteRefusals = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  refusals: readonly Refusal[],
): Promise<void> => {
  if (refusals.length === 0) return
  const rules = (await listOwnRules(trx, accountId)).filter((rule) => rule.enabled)
  const hashOf = await addressHasher(trx, deps, accountId)
  const judged = refusals.map((refusal) => ({
    refusal,
    class: judgeAnew(rules, refusal),
    hash: hashOf(refusal.address),
  }))
  await correctLedger(trx, accountId, judged)
  const fresh = await insertBounces(
    trx,
    accountId,
    judged.map(({ refusal, class: word, hash }) => ({
      message_id: refusal.messageId,
      source_id: refusal.sourceId,
      run_month: refusal.runMonth,
      contact_id: refusal.contactId,
      address_hash: (hash ?? Buffer.alloc(0)).toString('hex'),
      receiver: receiverOf(refusal.address),
      class: word,
      code: refusal.code,
      text: refusal.text,
      origin: 'smtp',
      counts: refusal.origin !== 'test',
    })),
  )
  const first = judged.filter(({ refusal }) => fresh.has(refusal.messageId) && refusal.origin !== 'test')
  await suppressAtLimit(
    trx,
    accountId,
    first.flatMap(({ refusal, class: word, hash }) =>
      hash === null ? [] : [{ ...refusal, hash, class: word }],
    ),
  )
  await emitEvents(
    trx,
    accountId,
    bounceEvents(
      first.map(({ refusal, class: word }) => ({ ...refusal, class: word, sourceKind: refusal.origin })),
    ),
  )
}
