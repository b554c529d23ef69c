import { type ServeScope, serve } from '../../http/serve.ts'
import { changeMe, changeOwnPassword, getMe } from '../contract.ts'
import { replaceOwnPassword } from '../passwords/change.ts'
import { changeOwnProfile, getOwnProfile } from './profile.ts'

export const profileRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getMe, ({ actor }) => getOwnProfile(deps, actor))
  serve(scope, changeMe, ({ actor, body }) => changeOwnProfile(deps, actor, body))
  serve(scope, changeOwnPassword, async ({ actor, body, reply }) => {
    await replaceOwnPassword(deps, actor, body, reply)
    return null
  })
}
