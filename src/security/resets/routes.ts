import { requestApproval } from '../../approvals/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, notFound } from '../../http/errors.ts'
import { answer, type ServeScope, serve } from '../../http/serve.ts'
import { findPersonRow, lockPersonRow, type PersonRow } from '../mfa/queries.ts'
import { findMfaState } from '../mfa/state.ts'
import { findRights } from '../roles/grants.ts'
import { requestOperatorMfaReset, resetUserMfa, vouchForUser } from './contract.ts'
import { digestOfPerson } from './kinds.ts'
import { liftLimit } from './queries.ts'
import { resetMfa } from './reset.ts'

type Asked = {
  readonly kind: 'mfa_reset' | 'operator_mfa_reset'
  readonly reason: string
  readonly summary: Readonly<Record<string, string>>
}

const ask = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  accountId: string,
  person: PersonRow,
  asked: Asked,
) => {
  const digest = await digestOfPerson(trx, accountId, person.id)
  if (!digest) throw notFound()
  const name = `${person.first_name} ${person.last_name}`
  const object = { type: 'user', id: person.id, name }
  const approval = await requestApproval(trx, deps, actor, accountId, { ...asked, object, digest })
  const by = { ...byActor(actor), accountId, ...(actor.staff ? { type: 'support' as const } : {}) }
  await record(trx, deps, by, { action: 'mfa.reset_requested', object: { type: 'user', id: person.id } })
  return approval
}

/** An ordinary user at once; an administrator only with a second person, and after a day (security.md §3.5). */
const reset = (deps: Deps, actor: Actor, userId: string, reason: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId, where } = actor
    const person = await lockPersonRow(trx, accountId, userId)
    if (!person) throw notFound()
    if (userId === actor.userId) throw new AppError('self_forbidden', 403)
    const rights = await findRights(trx, accountId, userId)
    if (rights?.administrator) {
      const asked: Asked = { kind: 'mfa_reset', reason, summary: {} }
      const approval = await ask(trx, deps, actor, accountId, person, asked)
      return answer(202, { status: 'pending_approval' as const, approval })
    }
    await resetMfa(trx, deps, { accountId, userId, by: byActor(actor), reason, where })
    return { status: 'done' as const }
  })

const vouch = (deps: Deps, actor: Actor, userId: string, reason: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    if (!(await lockPersonRow(trx, accountId, userId))) throw notFound()
    if (userId === actor.userId) throw new AppError('self_forbidden', 403)
    const waiting = (await findMfaState(trx, deps, accountId, userId))?.afterReset ?? false
    const lifted = await liftLimit(trx, accountId, userId)
    if (!waiting && lifted === 0) throw conflict('not_limited')
    await record(trx, deps, byActor(actor), {
      action: 'mfa.vouched',
      object: { type: 'user', id: userId },
      reason,
    })
    return null
  })

export const resetRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, resetUserMfa, ({ actor, params, body }) => reset(deps, actor, params.id, body.reason))
  serve(scope, vouchForUser, ({ actor, params, body }) => vouch(deps, actor, params.id, body.reason))
  serve(scope, requestOperatorMfaReset, ({ actor, params, body }) =>
    inAccount(deps.db, params.id, async (trx) => {
      const person = await findPersonRow(trx, params.id, params.user_id)
      if (!person) throw notFound()
      if (person.id === actor.userId) throw new AppError('self_forbidden', 403)
      const summary = { ticket: body.ticket, evidence: body.evidence }
      const asked: Asked = { kind: 'operator_mfa_reset', reason: body.ticket, summary }
      return { approval: await ask(trx, deps, actor, params.id, person, asked) }
    }),
  )
}
