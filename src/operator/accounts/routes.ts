import { type ServeScope, serve } from '../../http/serve.ts'
import type { Provision } from '../../security/index.ts'
import type { StaffWork } from '../work.ts'
import { changeCustomer, listCustomers, readCustomer } from './account.ts'
import {
  changeOperatedAccount,
  closeAccount,
  createAccount,
  getOperatedAccount,
  listAccounts,
  listAccountUsers,
  reopenAccount,
  resumeAccount,
  suspendAccount,
} from './contract.ts'
import { openCustomer } from './opening.ts'
import { changeStatus } from './status.ts'
import { listUsersOf } from './users.ts'

export const operatedAccountRoutes = (scope: ServeScope, provisions: readonly Provision[]): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<StaffWork, 'actor' | 'now'>): StaffWork => ({ deps, actor, now })
  serve(scope, listAccounts, (call) => listCustomers(work(call), call.query))
  serve(scope, createAccount, (call) => openCustomer(work(call), call.body, provisions))
  serve(scope, getOperatedAccount, (call) => readCustomer(work(call), call.params.id))
  serve(scope, changeOperatedAccount, (call) =>
    changeCustomer(work(call), call.params.id, call.body, call.ifMatch),
  )
  for (const [contract, act] of [
    [suspendAccount, 'suspend'],
    [resumeAccount, 'resume'],
    [closeAccount, 'close'],
    [reopenAccount, 'reopen'],
  ] as const)
    serve(scope, contract, (call) => changeStatus(work(call), call.params.id, act, call.body.reason))
  serve(scope, listAccountUsers, (call) => listUsersOf(work(call), call.params.id, call.query))
}
