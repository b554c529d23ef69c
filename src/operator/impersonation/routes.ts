import { answer, type ServeScope, serve } from '../../http/serve.ts'
import type { StaffWork } from '../work.ts'
import { endImpersonation, startImpersonation } from './contract.ts'
import {
  type Http,
  type ImpersonationGiven,
  endImpersonation as leave,
  NoWriteYet,
  startSession,
} from './impersonation.ts'
import { askForWrite } from './write-approval.ts'

/** Reading starts at once; writing once a second member of staff has allowed it, until then it is asked for. */
const start = async (work: StaffWork, accountId: string, given: ImpersonationGiven, http: Http) => {
  const write = given.write ?? false
  try {
    return await startSession(work, accountId, { ...given, write }, http)
  } catch (error) {
    if (!(error instanceof NoWriteYet)) throw error
    return answer(202, { approval: await askForWrite(work, accountId, given) })
  }
}

export const impersonationRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, startImpersonation, ({ actor, now, params, body, request, reply }) =>
    start({ deps, actor, now }, params.id, body, { request, reply }),
  )
  serve(scope, endImpersonation, ({ actor, request, reply }) => leave(deps, actor, { request, reply }))
}
