import { type ServeScope, serve } from '../../http/serve.ts'
import type { StaffWork } from '../work.ts'
import { inviteStaff, listStaff, removeStaff } from './contract.ts'
import { inviteMember, listMembers, removeMember } from './staff.ts'

export const staffRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<StaffWork, 'actor' | 'now'>): StaffWork => ({ deps, actor, now })
  serve(scope, listStaff, (call) => listMembers(work(call), call.query))
  serve(scope, inviteStaff, (call) => inviteMember(work(call), call.body))
  serve(scope, removeStaff, (call) => removeMember(work(call), call.params.id))
}
