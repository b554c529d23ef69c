import { type ServeScope, serve } from '../http/serve.ts'
import { type AccountChanged, changeOwnAccount, getOwnAccount } from './account.ts'
import { changeAccount, getAccount } from './contract.ts'

export const accountRoutes = (scope: ServeScope, changed: AccountChanged): void => {
  const { db } = scope.deps
  serve(scope, getAccount, ({ actor }) => getOwnAccount(db, actor.accountId))
  serve(scope, changeAccount, ({ actor, body, ifMatch }) =>
    changeOwnAccount(db, actor, body, ifMatch, changed),
  )
}
