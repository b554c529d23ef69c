import { recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { notFound } from '../../http/errors.ts'
import { pageLimit, readPosition, toPage } from '../../http/page.ts'
import { shownEmail } from '../../http/personal-data.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { campaignExists } from '../run/queries.ts'
import { resolveOpen, retryNow, stopWaiting } from './acts.ts'
import {
  exportDifferences,
  getProof,
  listDifferences,
  resolveUncertain,
  retryMessages,
  stopRetrying,
} from './contract.ts'
import { streamDifferences, streamProof } from './proof.ts'
import { listDifferenceRows } from './queries.ts'

const named = (kind: string, id: string): string => `attachment; filename="${kind}-${id}.csv"`

export const ledgerRoutes = (scope: ServeScope): void => {
  actRoutes(scope)
  readRoutes(scope)
}

const actRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, resolveUncertain, ({ actor, params, body }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const resolved = await resolveOpen(trx, actor, params.id, body)
      await recordAct(trx, deps, actor, {
        action: 'uncertain.resolved',
        type: 'campaign',
        id: params.id,
        after: { action: body.action, resolved: resolved.resolved, filter: body.filter ?? {} },
        reason: body.reason,
      })
      return resolved
    }),
  )
  serve(scope, retryMessages, ({ actor, params, body }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const changed = await retryNow(trx, actor, params.id, body.filter)
      const after = { changed, filter: body.filter ?? {} }
      await recordAct(trx, deps, actor, {
        action: 'message.retried',
        type: 'campaign',
        id: params.id,
        after,
        channel: 'email',
      })
      return { changed }
    }),
  )
  serve(scope, stopRetrying, ({ actor, params, body }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const changed = await stopWaiting(trx, actor, params.id, body.filter)
      const after = { changed, filter: body.filter ?? {} }
      await recordAct(trx, deps, actor, {
        action: 'message.canceled',
        type: 'campaign',
        id: params.id,
        after,
        channel: 'email',
      })
      return { changed }
    }),
  )
}

const readRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listDifferences, ({ actor, params, query, now }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const { accountId } = actor
      if (!(await campaignExists(trx, accountId, params.id))) throw notFound()
      const bound = { campaign: params.id }
      const position = readPosition(query, bound, now)
      const after = position ? { kind: String(position[0]), key: String(position[1]) } : null
      const limit = pageLimit(query)
      const run = { accountId, campaignId: params.id }
      return toPage(await listDifferenceRows(trx, run, after, limit + 1), {
        limit,
        filter: bound,
        now,
        position: (row) => [row.kind, row.key],
        present: ({ kind, contact_id, message_id, address }) => ({
          kind,
          contact_id,
          message_id,
          address: shownEmail(actor, address),
        }),
      })
    }),
  )
  serve(scope, exportDifferences, async ({ actor, params, reply }) => {
    const stream = await streamDifferences(deps, actor, params.id)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', named('differences', params.id))
      .send(stream)
  })
  serve(scope, getProof, async ({ actor, params, now, reply }) => {
    const stream = await streamProof(deps, actor, params.id, now)
    await inAccount(deps.db, actor.accountId, (trx) =>
      recordAct(trx, deps, actor, { action: 'ledger.exported', type: 'campaign', id: params.id }),
    )
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', named('proof', params.id))
      .send(stream)
  })
}
