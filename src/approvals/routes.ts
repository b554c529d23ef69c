import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { whereOf } from '../http/client-address.ts'
import { notFound } from '../http/errors.ts'
import { pageById } from '../http/id-page.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import { cancelByLink, type JudgeVisitor } from './cancel.ts'
import * as contract from './contract.ts'
import { decide, decides, isInvolved, withdrawApproval } from './decide.ts'
import { type ApprovalKinds, kindOf } from './kind.ts'
import {
  type ApprovalRow,
  findApproval,
  findApprovalPlace,
  listApprovalRows,
  listOperatorPlaces,
} from './queries.ts'
import { toApproval } from './view.ts'

export type ApprovalParts = {
  readonly kinds: ApprovalKinds
  readonly judgeVisitor: JudgeVisitor
  /** Spends from the bucket of the address before a token is looked up. */
  readonly spendVisit: (address: string | null) => Promise<void>
}

/** For the page: who is surely not allowed sees no buttons; the decision itself asks again. */
const shown =
  (kinds: ApprovalKinds, actor: Actor, now: Date) =>
  (row: ApprovalRow): contract.Approval =>
    toApproval(
      row,
      row.state === 'pending' &&
        row.expires_at > now &&
        decides(kindOf(kinds, row), actor) &&
        !isInvolved(row, actor, null),
    )

const accountRoutes = ({ deps, ...scope }: ServeScope, { kinds }: ApprovalParts): void => {
  const served = { deps, ...scope }
  serve(served, contract.listApprovals, ({ actor, query, now }) => {
    const { limit: _limit, cursor: _cursor, ...filter } = query
    return inAccount(deps.db, actor.accountId, (trx) =>
      pageById(
        query,
        filter,
        now,
        (after, limit) =>
          listApprovalRows(
            trx,
            actor.accountId,
            {
              ...(query.state ? { state: query.state } : {}),
              ...(query.mine ? { requestedBy: actor.userId } : {}),
            },
            after,
            limit,
          ),
        shown(kinds, actor, now),
      ),
    )
  })
  serve(served, contract.getApproval, async ({ actor, params, now }) => {
    const row = await inAccount(deps.db, actor.accountId, (trx) =>
      findApproval(trx, actor.accountId, params.id),
    )
    if (!row) throw notFound()
    return shown(kinds, actor, now)(row)
  })
  const verdict =
    (word: 'approve' | 'reject') =>
    ({ actor, params, body }: { actor: Actor; params: { id: string }; body: { comment?: string } }) =>
      decide(deps, actor, {
        id: params.id,
        accountId: actor.accountId,
        verdict: word,
        comment: body.comment ?? null,
        kinds,
      })
  serve(served, contract.approve, verdict('approve'))
  serve(served, contract.reject, verdict('reject'))
  serve(served, contract.withdraw, async ({ actor, params, body }) => {
    const accountId = actor.staff ? await findApprovalPlace(deps.db, params.id) : actor.accountId
    if (accountId === null) throw notFound()
    return withdrawApproval(deps, actor, { accountId, id: params.id, comment: body.comment ?? null })
  })
}

const operatorRoutes = ({ deps, ...scope }: ServeScope, { kinds }: ApprovalParts): void => {
  const served = { deps, ...scope }
  const names = Object.entries(kinds).flatMap(([name, kind]) => (kind.staff ? [name] : []))
  serve(served, contract.listOperatorApprovals, ({ actor, query, now }) =>
    pageById(
      query,
      { state: query.state ?? null },
      now,
      async (after, limit) => {
        const places = await listOperatorPlaces(deps.db, names, query.state ?? null, after, limit)
        const rows = await Promise.all(
          places.map((place) =>
            inAccount(deps.db, place.account_id, (trx) =>
              findApproval(trx, place.account_id, place.approval_id),
            ),
          ),
        )
        return rows.flatMap((row) => (row ? [row] : []))
      },
      shown(kinds, actor, now),
    ),
  )
  const verdict =
    (word: 'approve' | 'reject') =>
    async ({ actor, params, body }: { actor: Actor; params: { id: string }; body: { comment?: string } }) => {
      const accountId = await findApprovalPlace(deps.db, params.id)
      if (accountId === null) throw notFound()
      return decide(deps, actor, {
        id: params.id,
        accountId,
        verdict: word,
        comment: body.comment ?? null,
        kinds,
      })
    }
  serve(served, contract.operatorApprove, verdict('approve'))
  serve(served, contract.operatorReject, verdict('reject'))
}

/** Requests that need a second person: the account's inbox, the operator's, and the link that stops an act. */
export const approvalRoutes = (scope: ServeScope, parts: ApprovalParts): void => {
  const { deps } = scope
  accountRoutes(scope, parts)
  operatorRoutes(scope, parts)
  serve(scope, contract.cancelApproval, async ({ body, request }) => {
    const where = whereOf(request)
    await parts.spendVisit(where.address)
    await cancelByLink(deps, body.token, where, parts.judgeVisitor)
    return null
  })
}
