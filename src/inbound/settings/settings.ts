import { recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { versionConflict } from '../../http/errors.ts'
import type { BounceSettings, BounceSettingsChange } from './contract.ts'
import { lockBounceSettings, readBounceSettings, updateBounceSettings } from './queries.ts'

export const readSettings = (deps: Deps, actor: Actor): Promise<BounceSettings> =>
  inAccount(deps.db, actor.accountId, (trx) => readBounceSettings(trx, actor.accountId))

export const changeSettings = (
  deps: Deps,
  actor: Actor,
  change: BounceSettingsChange,
  ifMatch: number | null,
): Promise<BounceSettings> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const before = await lockBounceSettings(trx, actor.accountId)
    if (ifMatch !== null && ifMatch !== before.version) throw versionConflict()
    const after = await updateBounceSettings(trx, actor.accountId, change)
    await recordAct(trx, deps, actor, {
      action: 'bounce_rule.changed',
      type: 'bounce_settings',
      id: null,
      before,
      after,
    })
    return after
  })
