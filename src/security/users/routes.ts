import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { pageById } from '../../http/id-page.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { listSessions } from '../sessions/queries.ts'
import { bumpEpoch, endSessions } from '../sessions/session.ts'
import { setRights } from './assign.ts'
import { editUser } from './change.ts'
import {
  assignRoles,
  changeUser,
  deleteUser,
  endUserSessions,
  getEffectivePermissions,
  getUser,
  listUserSessions,
  listUsers,
} from './contract.ts'
import { listUserViews } from './queries.ts'
import { removeUser } from './remove.ts'
import { reportRights } from './rights-report.ts'
import { toUser } from './view.ts'
import { getUserView, type Handover } from './work.ts'

const wordsMax = 8
const wordsOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/\s+/).filter(Boolean).slice(0, wordsMax)

const sessionRoutesOf = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listUserSessions, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      await getUserView(trx, actor.accountId, params.id)
      const rows = await listSessions(trx, actor.accountId, params.id)
      const sessions = rows.map((row) => ({
        id: row.id,
        current: row.id === actor.sessionId,
        created_at: row.created_at.toISOString(),
        last_active_at: row.last_active_at.toISOString(),
        address: row.last_address ?? 'unresolved',
        agent: row.agent_family,
        amr: row.amr,
        limited: row.limited,
      }))
      return { data: sessions, next_cursor: null, has_more: false }
    }),
  )

  serve(scope, endUserSessions, async ({ actor, params }) => {
    await inAccount(deps.db, actor.accountId, async (trx) => {
      await getUserView(trx, actor.accountId, params.id)
      await bumpEpoch(trx, actor.accountId, params.id)
      const ended = await endSessions(trx, actor.accountId, params.id)
      await record(trx, deps, byActor(actor), {
        action: 'session.ended',
        object: { type: 'user', id: params.id },
        diff: { before: { sessions: ended }, after: { sessions: 0 } },
      })
    })
    return null
  })
}

export const userRoutes = (scope: ServeScope, handovers: readonly Handover[]): void => {
  const { deps } = scope
  serve(scope, listUsers, ({ actor, query, now }) => {
    const { limit: _limit, cursor: _cursor, ...filter } = query
    return pageById(
      query,
      filter,
      now,
      (after, limit) =>
        inAccount(deps.db, actor.accountId, (trx) =>
          listUserViews(trx, actor.accountId, {
            words: wordsOf(filter.q),
            status: filter.status ?? null,
            roleId: filter.role_id ?? null,
            after,
            limit,
          }),
        ),
      toUser,
    )
  })

  serve(scope, getUser, async ({ actor, params }) =>
    toUser(await inAccount(deps.db, actor.accountId, (trx) => getUserView(trx, actor.accountId, params.id))),
  )
  serve(scope, changeUser, ({ actor, params, body, ifMatch }) =>
    editUser({ deps, actor }, params.id, body, ifMatch),
  )
  serve(scope, assignRoles, ({ actor, params, body, ifMatch }) =>
    setRights({ deps, actor }, params.id, body, ifMatch),
  )
  serve(scope, deleteUser, async ({ actor, params, query }) => {
    await removeUser({ deps, actor }, params.id, { transferTo: query.transfer_to, handovers })
    return null
  })
  serve(scope, getEffectivePermissions, ({ actor, params }) => reportRights({ deps, actor }, params.id))
  sessionRoutesOf(scope)
}
