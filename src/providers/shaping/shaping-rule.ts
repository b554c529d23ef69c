import { recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalidField, notFound, versionConflict } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import type { NewShapingRule, ShapingRule, ShapingRuleChange } from './contract.ts'
import { findRule, insertRule, listRuleRows, type RuleRow, removeRule, updateRule } from './queries.ts'
import { everyOther, type SiteLimits, usualLimits } from './rules.ts'

const toRule = (row: RuleRow): ShapingRule => ({
  id: row.id,
  site: row.site,
  connections: row.connections,
  messages_per_connection: row.messages_per_connection,
  per_minute: row.per_minute,
  per_hour: row.per_hour,
  shipped: row.shipped,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

/** As sites and domains are counted: lower case, A-labels; `*` names all others. */
const readSite = (given: string): string => {
  if (given === everyOther) return everyOther
  const domain = parseEmail(`a@${given.replace(/\.$/, '')}`)?.domain
  if (domain === undefined) throw invalidField('/site', 'pattern', 'is no domain')
  return domain
}

const limitsOf = (before: SiteLimits, given: ShapingRuleChange): SiteLimits => ({
  connections: given.connections ?? before.connections,
  messages_per_connection: given.messages_per_connection ?? before.messages_per_connection,
  per_minute: given.per_minute === undefined ? before.per_minute : given.per_minute,
  per_hour: given.per_hour === undefined ? before.per_hour : given.per_hour,
})

export const listRules = (deps: Deps, actor: Actor, query: PageQuery, now: Date) =>
  inAccount(deps.db, actor.accountId, (trx) =>
    pageById(
      query,
      ['shaping', {}],
      now,
      (after, limit) => listRuleRows(trx, actor.accountId, after, limit),
      toRule,
    ),
  )

export const readRule = (deps: Deps, actor: Actor, id: string): Promise<ShapingRule> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await findRule(trx, actor.accountId, id)
    if (!row) throw notFound()
    return toRule(row)
  })

/** Two rules for one site at once: the unique index decides. */
const claimingSite = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === 'shaping_rules_site' ? conflict('duplicate') : error
  }
}

export const createRule = (
  deps: Deps,
  actor: Actor,
  given: NewShapingRule,
  now: Date,
): Promise<ShapingRule> => {
  const { accountId } = actor
  const { site, ...limits } = given
  const columns = { site: readSite(site), ...limitsOf(usualLimits, limits), id: uuidV7(now) }
  return claimingSite(
    inAccount(deps.db, accountId, async (trx) => {
      const after = toRule(await insertRule(trx, accountId, columns))
      await notify(trx, accountId, 'provider', after.id)
      await recordAct(trx, deps, actor, {
        action: 'shaping_rule.changed',
        type: 'shaping_rule',
        id: after.id,
        after,
      })
      return after
    }),
  )
}

export const changeRule = (
  deps: Deps,
  actor: Actor,
  id: string,
  change: ShapingRuleChange,
  ifMatch: number | null,
): Promise<ShapingRule> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await findRule(trx, accountId, id)
    if (!row) throw notFound()
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    const before = toRule(row)
    const after = toRule(await updateRule(trx, accountId, id, limitsOf(row, change)))
    await notify(trx, accountId, 'provider', id)
    await recordAct(trx, deps, actor, {
      action: 'shaping_rule.changed',
      type: 'shaping_rule',
      id,
      before,
      after,
    })
    return after
  })

export const deleteRule = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await findRule(trx, accountId, id)
    if (!row) throw notFound()
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    if (row.site === everyOther) throw new AppError('built_in', 403)
    await removeRule(trx, accountId, id)
    await notify(trx, accountId, 'provider', id)
    await recordAct(trx, deps, actor, {
      action: 'shaping_rule.changed',
      type: 'shaping_rule',
      id,
      before: toRule(row),
    })
  })
