import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { notFound } from '../../http/errors.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { endOtherSessions, endOwnSession, getSession, listOwnSessions, signOut } from '../contract.ts'
import { clearSessionCookie } from './cookies.ts'
import { describeSession } from './open.ts'
import { listSessions } from './queries.ts'
import { endSession, endSessions } from './session.ts'

export const sessionRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getSession, ({ request }) => describeSession(deps, request))

  serve(scope, signOut, async ({ actor, reply }) => {
    await inAccount(deps.db, actor.accountId, async (trx) => {
      await endSession(trx, actor, actor.sessionId)
      await record(trx, deps, byActor(actor), { action: 'logout' })
    })
    clearSessionCookie(reply, deps.config)
    return null
  })

  serve(scope, listOwnSessions, async ({ actor }) => {
    const rows = await inAccount(deps.db, actor.accountId, (trx) =>
      listSessions(trx, actor.accountId, actor.userId),
    )
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
  })

  serve(scope, endOwnSession, async ({ actor, params }) => {
    await inAccount(deps.db, actor.accountId, async (trx) => {
      if (!(await endSession(trx, actor, params.id))) throw notFound()
      await record(trx, deps, byActor(actor), {
        action: 'session.ended',
        object: { type: 'session', id: params.id },
      })
    })
    return null
  })

  serve(scope, endOtherSessions, async ({ actor }) => {
    const ended = await inAccount(deps.db, actor.accountId, async (trx) => {
      const count = await endSessions(trx, actor.accountId, actor.userId, { exceptId: actor.sessionId })
      await record(trx, deps, byActor(actor), {
        action: 'session.ended',
        object: { type: 'user', id: actor.userId },
        diff: { after: { ended: count } },
      })
      return count
    })
    return { ended }
  })
}
