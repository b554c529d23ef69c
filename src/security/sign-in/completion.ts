import type { FastifyReply, FastifyRequest } from 'fastify'
import { byUser, record } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Limited } from '../../http/actor.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import type { Session } from '../contract.ts'
import { rememberDevice } from '../devices/index.ts'
import { recordSignIn } from '../queries.ts'
import { clearCookie, readCookie } from '../sessions/cookies.ts'
import { issueSession } from '../sessions/session.ts'

export type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

export type Completed = {
  readonly accountId: string
  readonly userId: string
  readonly epoch: number
  readonly name: string | null
  readonly amr: readonly string[]
  readonly limited?: Limited | null
  readonly limitedUntil?: Date
}

/** Where every way of signing in ends, in the transaction that consumed its proof: session, device, notice, record. */
export const completeSignIn = async (trx: Trx, deps: Deps, done: Completed, http: Http): Promise<Session> => {
  const { accountId, userId, epoch, amr } = done
  await recordSignIn(trx, accountId, userId, deps.clock.now(), clientAddress(http.request))
  const kind = {
    amr,
    limited: done.limited ?? null,
    ...(done.limitedUntil ? { limitedUntil: done.limitedUntil } : {}),
  }
  const session = await issueSession(trx, deps, { accountId, userId, epoch }, kind, http)
  const where = { ...whereOf(http.request), amr }
  if (await rememberDevice(trx, deps, { accountId, userId }, http))
    await notify(trx, deps, { accountId, userId, kind: 'new_device', values: circumstances(deps, where) })
  if (readCookie(http.request, deps.config, 'pre')) clearCookie(http.reply, deps.config, 'pre')
  await record(trx, deps, byUser(accountId, where, { userId, name: done.name }), {
    action: 'login.succeeded',
    object: { type: 'user', id: userId },
    ...(done.limited ? { reason: done.limited } : {}),
  })
  return session
}
