import type { Behaviour, BehaviourOf } from '../../channels/email/simulator/behaviour.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { OutcomeClass } from './contract.ts'
import { drawBehaviour, type Rule } from './draw.ts'
import { listAttempts, listEnabledScripts, type ScriptRow } from './queries.ts'

/** `defer` puts off twice, then takes the mail (sending.md §14). */
const deferrals = 2

const toRule = (row: ScriptRow): Rule => ({
  address: row.match_address,
  domain: row.match_domain,
  campaignId: row.match_campaign_id,
  outcome: row.class as OutcomeClass,
  rate: row.rate,
  latencyMs: row.latency_ms,
  seed: row.seed as Rule['seed'],
})

/** The account's rules and the magic addresses; a batch belongs to one account. */
export const behaviourFor =
  (deps: Deps): BehaviourOf =>
  async (batch) => {
    const accountId = batch[0]?.accountId ?? ''
    const now = deps.clock.now()
    return inAccount(deps.db, accountId, async (trx) => {
      const rules = (await listEnabledScripts(trx, accountId)).map(toRule)
      const drawn = new Map<string, Behaviour>()
      for (const message of batch) drawn.set(message.messageId, drawBehaviour(rules, message, now))
      const putOff = [...drawn].flatMap(([id, { answer }]) => (answer === 'defer' ? [id] : []))
      // Counted by the ledger: any sender of any node may have tried before, and memory does not outlive a crash.
      const attempts =
        putOff.length > 0 ? await listAttempts(trx, accountId, putOff) : new Map<string, number>()
      return ({ messageId, ...message }) => {
        const behaviour = drawn.get(messageId) ?? drawBehaviour(rules, message, now)
        const isDone = behaviour.answer === 'defer' && (attempts.get(messageId) ?? 0) >= deferrals
        return isDone ? { ...behaviour, answer: 'ok' } : behaviour
      }
    })
  }
