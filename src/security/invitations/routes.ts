import { inAccount } from '../../db/pool.ts'
import { pageById } from '../../http/id-page.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { acceptInvited, inspectInvited } from './accept.ts'
import {
  acceptInvitation,
  createInvitation,
  inspectInvitation,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from './contract.ts'
import { addInvitation } from './invite.ts'
import { renew, withdraw } from './pending.ts'
import { listInvitationRows } from './queries.ts'
import { toInvitation } from './view.ts'

export const invitationRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listInvitations, ({ actor, query, now }) =>
    pageById(
      query,
      'invitations',
      now,
      (after, limit) =>
        inAccount(deps.db, actor.accountId, (trx) => listInvitationRows(trx, actor.accountId, after, limit)),
      toInvitation,
    ),
  )
  serve(scope, createInvitation, ({ actor, body }) => addInvitation({ deps, actor }, body))
  serve(scope, resendInvitation, async ({ actor, params }) => {
    await renew({ deps, actor }, params.id)
    return {}
  })
  serve(scope, revokeInvitation, async ({ actor, params }) => {
    await withdraw({ deps, actor }, params.id)
    return null
  })
  serve(scope, inspectInvitation, ({ body }) => inspectInvited(deps, body.token))
  serve(scope, acceptInvitation, ({ body, request, reply }) => acceptInvited(deps, body, { request, reply }))
}
