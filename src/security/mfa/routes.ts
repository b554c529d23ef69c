import { inAccount } from '../../db/pool.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { changePolicy, describePolicy } from './account.ts'
import { changeManySettings } from './bulk.ts'
import { changeManyMfa, changeMfaPolicy, changeUserMfa, getMfaPolicy, getUserMfa } from './contract.ts'
import { changeUserSetting, describeUserMfa, requireEntitled, requireSecurityManage } from './user.ts'

/** What the account asks, and what one user is asked for. */
export const mfaRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getMfaPolicy, ({ actor }) =>
    inAccount(deps.db, actor.accountId, (trx) => describePolicy(trx, deps, actor.accountId)),
  )
  serve(scope, changeMfaPolicy, ({ actor, body, ifMatch }) => {
    requireEntitled(actor)
    return inAccount(deps.db, actor.accountId, (trx) => changePolicy(trx, deps, actor, body, ifMatch))
  })
  serve(scope, getUserMfa, ({ actor, params }) => {
    requireEntitled(actor)
    return inAccount(deps.db, actor.accountId, (trx) =>
      describeUserMfa(trx, deps, actor.accountId, params.id),
    )
  })
  serve(scope, changeUserMfa, ({ actor, params, body }) => {
    requireEntitled(actor)
    return inAccount(deps.db, actor.accountId, (trx) =>
      changeUserSetting(trx, deps, actor, params.id, body.setting),
    )
  })
  serve(scope, changeManyMfa, ({ actor, body }) => {
    requireSecurityManage(actor)
    requireEntitled(actor)
    return inAccount(deps.db, actor.accountId, (trx) => changeManySettings(trx, deps, actor, body))
  })
}
