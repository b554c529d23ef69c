import type { Actor } from '../../http/actor.ts'
import { answer, type ServeScope, serve } from '../../http/serve.ts'
import { batchStatus, countMembersOf, joinMembers, leaveMembers, listMemberPage } from '../members/members.ts'
import type { UsedInSource } from '../used-in.ts'
import {
  addMembers,
  archiveGroup,
  changeGroup,
  countMembers,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  listMembers,
  removeMembers,
  restoreGroup,
} from './contract.ts'
import { addGroup, editGroup, type GroupWork, listGroupPage, readGroup } from './group.ts'
import { archive, removeGroup, restore } from './group-end.ts'

export const groupRoutes = (scope: ServeScope, usedIn: UsedInSource): void => {
  const work = ({ actor, now }: { actor: Actor; now: Date }): GroupWork => ({
    deps: scope.deps,
    actor,
    now,
    usedIn,
  })
  serve(scope, listGroups, (call) => listGroupPage(work(call), call.query))
  serve(scope, createGroup, (call) => addGroup(work(call), call.body))
  serve(scope, getGroup, (call) => readGroup(work(call), call.params.id))
  serve(scope, changeGroup, (call) => editGroup(work(call), call.params.id, call.body, call.ifMatch))
  serve(scope, archiveGroup, (call) => archive(work(call), call.params.id))
  serve(scope, restoreGroup, (call) => restore(work(call), call.params.id, call.body.name))
  serve(scope, deleteGroup, async (call) => {
    const operationId = await removeGroup(work(call), {
      id: call.params.id,
      deleteContacts: call.query.delete_contacts ?? false,
      ifMatch: call.ifMatch,
    })
    if (operationId === null) return answer(204, null)
    call.reply.header('location', `/api/v1/operations/${operationId}`)
    return answer(202, { operation_id: operationId })
  })
  serve(scope, listMembers, (call) => listMemberPage(work(call), call.params.id, call.query))
  serve(scope, countMembers, (call) => countMembersOf(work(call), call.params.id, call.query.state))
  serve(scope, addMembers, async (call) => {
    const results = await joinMembers(work(call), call.params.id, call.body)
    return answer(batchStatus(results), results)
  })
  serve(scope, removeMembers, async (call) => {
    const results = await leaveMembers(work(call), call.params.id, call.body.items)
    return answer(batchStatus(results), results)
  })
}
