import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { answer, type ServeScope, serve } from '../../http/serve.ts'
import {
  addIpEntry,
  changeIpEntry,
  confirmIpPolicy,
  deleteIpEntry,
  getBreakGlassCodes,
  getIpPolicy,
  getIpReport,
  getRoleIpList,
  listIpEntries,
  makeBreakGlassCodes,
  putIpPolicy,
  putRoleIpList,
  rollBackIpPolicy,
  testIpAddress,
} from './contract.ts'
import { warningsOf } from './entry.ts'
import { makeCodes, readCodes } from './exceptions/break-glass.ts'
import { addEntry, changeEntry, removeEntry } from './lists/entries.ts'
import { listEntries, markOf, presentEntry } from './lists/entry-list.ts'
import { confirmPolicy, rollBackPolicy } from './lists/pending.ts'
import { putPolicy, readPolicy } from './lists/policy.ts'
import type { PolicyRow, StoredEntry } from './lists/queries.ts'
import { putRoleList, readRoleList } from './lists/role-list.ts'
import { readReport } from './preview/report.ts'
import { testAddress } from './preview/test-address.ts'

const stored = async (deps: Deps, actor: Actor, entry: StoredEntry, policy: PolicyRow) => ({
  entry: await inAccount(deps.db, actor.accountId, (trx) => presentEntry(trx, actor, entry)),
  warnings: warningsOf(entry),
  policy: markOf(policy),
})

const policyRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getIpPolicy, ({ actor }) => readPolicy(deps, actor))
  serve(scope, putIpPolicy, ({ actor, body, ifMatch }) => putPolicy(deps, actor, body, ifMatch))
  serve(scope, confirmIpPolicy, ({ actor }) => confirmPolicy(deps, actor))
  serve(scope, rollBackIpPolicy, ({ actor }) => rollBackPolicy(deps, actor))
  serve(scope, testIpAddress, ({ actor, body }) => testAddress(deps, actor, body))
  serve(scope, getIpReport, ({ actor }) => readReport(deps, actor))
}

const entryRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listIpEntries, ({ actor, query, now }) => listEntries(deps, actor, query, now))
  serve(scope, addIpEntry, async ({ actor, body, ifMatch }) => {
    const { policy, result } = await addEntry(deps, actor, body, ifMatch)
    if ('coveredBy' in result) return answer(200, { covered_by: result.coveredBy, policy: markOf(policy) })
    return answer(201, await stored(deps, actor, result.stored, policy))
  })
  serve(scope, changeIpEntry, async ({ actor, params, body, ifMatch }) => {
    const { policy, result } = await changeEntry(deps, actor, params.id, body, ifMatch)
    return stored(deps, actor, result.stored, policy)
  })
  serve(scope, deleteIpEntry, async ({ actor, params, query, ifMatch }) => {
    const { policy } = await removeEntry(deps, actor, params.id, { ifMatch, confirm: query.confirm })
    return { policy: markOf(policy) }
  })
}

export const networkRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  policyRoutes(scope)
  entryRoutes(scope)
  serve(scope, getRoleIpList, ({ actor, params }) => readRoleList(deps, actor, params.id))
  serve(scope, putRoleIpList, ({ actor, params, body, ifMatch }) =>
    putRoleList(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, makeBreakGlassCodes, ({ actor }) => makeCodes(deps, actor))
  serve(scope, getBreakGlassCodes, ({ actor }) => readCodes(deps, actor))
}
