import { recordAct } from '../../audit/index.ts'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { shippedRules } from '../../channels/email/bounce-rules.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf, ReplyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField, notFound, unprocessable, versionConflict } from '../../http/errors.ts'
import { shownText } from '../../http/personal-data.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import type { BounceRule, BounceRuleChange, NewBounceRule, testBounceRules } from './contract.ts'
import { harmlessClasses } from './judge.ts'
import { fits, judge, type OwnRule } from './match.ts'
import {
  deleteRule,
  findRule,
  insertRule,
  listOwnRules,
  listStoredAnswers,
  type OwnRuleRow,
  type RuleColumns,
  updateRule,
} from './queries.ts'

const rulesMax = 200
const answersMax = 5_000
const samplesMax = 20
/** Stands for the rule that is tried and not saved. */
const tried = '00000000-0000-0000-0000-000000000000'

const toRule = (row: OwnRuleRow): BounceRule => ({
  ...row,
  class: row.class as BounceRule['class'],
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
})

export const listRules = (deps: Deps, actor: Actor) =>
  inAccount(deps.db, actor.accountId, async (trx) => ({
    data: (await listOwnRules(trx, actor.accountId)).map(toRule),
    next_cursor: null,
    has_more: false,
  }))

export const shippedList = () => ({
  data: shippedRules.map((rule) => ({
    id: rule.id,
    code: rule.code,
    pattern: rule.text?.source ?? null,
    class: rule.class,
  })),
})

const getRule = async (trx: Trx, accountId: string, id: string): Promise<OwnRuleRow> => {
  const row = await findRule(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readRule = (deps: Deps, actor: Actor, id: string): Promise<BounceRule> =>
  inAccount(deps.db, actor.accountId, async (trx) => toRule(await getRule(trx, actor.accountId, id)))

const requireCondition = (rule: Pick<RuleColumns, 'code' | 'pattern' | 'receiver'>): void => {
  if (rule.code === null && rule.pattern === null && rule.receiver === null)
    throw invalidField('/pattern', 'required', 'a code, a text or a receiver is needed')
}

const noteChange = (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  before: BounceRule | null,
  after: BounceRule | null,
) => recordAct(trx, deps, actor, { action: 'bounce_rule.changed', type: 'bounce_rule', id, before, after })

export const createRule = (deps: Deps, actor: Actor, given: NewBounceRule, now: Date): Promise<BounceRule> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const known = await listOwnRules(trx, accountId)
    if (known.length >= rulesMax) throw unprocessable('limit', `At most ${rulesMax} rules.`)
    const rule = {
      code: given.code ?? null,
      pattern: given.pattern ?? null,
      receiver: given.receiver ?? null,
      class: given.class,
      comment: given.comment ?? null,
      enabled: given.enabled ?? true,
      position: given.position ?? Math.min(10_000, (known.at(-1)?.position ?? 0) + 1),
    }
    requireCondition(rule)
    const id = uuidV7(now)
    const row = toRule(await insertRule(trx, accountId, { ...rule, id, created_by: actor.userId }))
    await noteChange(trx, deps, actor, id, null, row)
    return row
  })

export const changeRule = (
  deps: Deps,
  actor: Actor,
  id: string,
  change: BounceRuleChange,
  ifMatch: number | null,
): Promise<BounceRule> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const before = await getRule(trx, actor.accountId, id)
    if (ifMatch !== null && ifMatch !== before.version) throw versionConflict()
    requireCondition({ ...before, ...change })
    const after = toRule(await updateRule(trx, actor.accountId, id, change))
    await noteChange(trx, deps, actor, id, toRule(before), after)
    return after
  })

export const removeRule = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const before = await getRule(trx, actor.accountId, id)
    if (ifMatch !== null && ifMatch !== before.version) throw versionConflict()
    await deleteRule(trx, actor.accountId, id)
    await noteChange(trx, deps, actor, id, toRule(before), null)
  })

type Test = BodyOf<typeof testBounceRules>
type Tested = ReplyOf<typeof testBounceRules>

const groupOf = (word: string): 'hard' | 'soft' | 'block' | 'none' =>
  (harmlessClasses as readonly string[]).includes(word) ? 'none' : bounceGroupOf(word)

const verdictOf = (
  rules: readonly OwnRule[],
  answer: Test['answer'],
): NonNullable<Tested['verdict']> | null => {
  if (!answer) return null
  const found = judge(rules, {
    code: answer.code ?? '',
    text: answer.text,
    receiver: answer.receiver ?? null,
  })
  return {
    class: found.class,
    group: groupOf(found.class),
    rule_id: found.ruleId === tried ? null : found.ruleId,
    shipped_rule: found.shipped,
  }
}

/** What the rules would make of stored answers; the one that is tried is asked first. */
export const testRules = (deps: Deps, actor: Actor, given: Test, now: Date): Promise<Tested> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const own = await listOwnRules(trx, accountId)
    const rule = given.rule && {
      id: tried,
      code: given.rule.code ?? null,
      pattern: given.rule.pattern ?? null,
      receiver: given.rule.receiver ?? null,
      class: given.rule.class,
      enabled: true,
    }
    if (rule) requireCondition(rule)
    const rules = rule ? [rule, ...own] : own
    const since = addMs(now, -hoursMs(24 * (given.days ?? 30)))
    const stored = await listStoredAnswers(trx, accountId, { since, after: null, limit: answersMax })
    const judged = stored.map((row) => {
      const answer = { code: row.code ?? '', text: row.text ?? '', receiver: row.receiver }
      return { row, fitting: rule ? fits(rule, answer) : true, after: judge(rules, answer).class }
    })
    // Classes that only the dialogue knows are not judged by their words.
    const changing = judged.filter(({ row, after }) => row.class !== after && row.class !== 'expired')
    return {
      verdict: verdictOf(rules, given.answer),
      looked_at: judged.length,
      fitting: judged.filter(({ fitting }) => fitting).length,
      changing: changing.length,
      samples: changing.slice(0, samplesMax).map(({ row, after }) => ({
        at: row.at.toISOString(),
        receiver: row.receiver,
        code: row.code || null,
        text: shownText(actor, row.text || null),
        class_before: row.class,
        class_after: after,
      })),
    }
  })
