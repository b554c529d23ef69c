import type { FastifyReply } from 'fastify'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { sessionBinding } from '../challenges/engine.ts'
import { lockPersonRow, setPreferred } from '../mfa/queries.ts'
import { renewSession } from '../sessions/session.ts'
import type { Bound } from './bind/activate.ts'
import { type Beginning, beginFactor } from './bind/begin.ts'
import {
  type Confirmation,
  confirmCodeFactor,
  confirmPasskeyFactor,
  confirmTotpFactor,
} from './bind/confirm.ts'
import { describeOwnFactors, toView } from './bind/own.ts'
import { removeOwnFactor } from './bind/remove.ts'
import * as contract from './contract.ts'
import { listFactors } from './list.ts'
import { findPending, renameFactorRow } from './queries.ts'
import { makeRecoveryCodes } from './recovery/recovery-codes.ts'

const beginning = (actor: Actor, method: Beginning['method']): Beginning => ({
  accountId: actor.accountId,
  userId: actor.userId,
  method,
  binding: sessionBinding(actor),
  where: actor.where,
  replacesTotp: actor.limited === 'recovery',
})

const confirmation = (actor: Actor, name: string | undefined): Confirmation => ({
  accountId: actor.accountId,
  userId: actor.userId,
  binding: sessionBinding(actor),
  where: actor.where,
  by: byActor(actor),
  name: name ?? null,
})

/** A proven factor gives the session a new token, adds to how it was proven, and ends a limit that waited for it. */
const renewed =
  (deps: Deps, actor: Actor, reply: FastifyReply) =>
  async (trx: Trx, { factor, recoveryCodes, state }: Bound) => {
    const amr = [...new Set([...actor.where.amr, factor.type])]
    const lifted = actor.limited === 'recovery' && state.met
    await renewSession(trx, deps, actor, { amr, ...(lifted ? { limited: null } : {}) }, reply)
    return { factor: toView(factor), ...(recoveryCodes ? { recovery_codes: [...recoveryCodes] } : {}) }
  }

const bindingRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, contract.addTotp, async ({ actor }) => {
    const begun = await beginFactor(deps, beginning(actor, 'totp'))
    if (begun.kind !== 'totp') throw new Error('an app was asked for')
    return {
      id: begun.factorId,
      secret: begun.secret,
      otpauth_uri: begun.otpauthUri,
      qr_svg: begun.qrSvg,
      expires_at: begun.expiresAt.toISOString(),
    }
  })
  serve(scope, contract.confirmTotp, async ({ actor, params, body, reply }) => {
    const pending = await inAccount(deps.db, actor.accountId, (trx) =>
      findPending(trx, actor.accountId, actor.userId, params.id, 'totp'),
    )
    if (!pending) throw notFound()
    const given = { factorId: params.id, code: body.code }
    return confirmTotpFactor(deps, confirmation(actor, body.name), given, renewed(deps, actor, reply))
  })
  serve(scope, contract.passkeyOptions, async ({ actor }) => {
    const begun = await beginFactor(deps, beginning(actor, 'passkey'))
    if (begun.kind !== 'passkey') throw new Error('a passkey was asked for')
    return { id: begun.factorId, options: begun.options as Record<string, never> }
  })
  serve(scope, contract.addPasskey, ({ actor, body, reply }) => {
    const given = { factorId: body.id, credential: body.credential }
    return confirmPasskeyFactor(deps, confirmation(actor, body.name), given, renewed(deps, actor, reply))
  })
}

const codeRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const begin = async (actor: Actor, method: 'email' | 'sms') => {
    const begun = await beginFactor(deps, beginning(actor, method))
    if (begun.kind !== 'code') throw new Error('a code was asked for')
    return { id: begun.factorId, challenge: begun.challenge }
  }
  serve(scope, contract.addEmail, ({ actor }) => begin(actor, 'email'))
  serve(scope, contract.addSms, ({ actor }) => begin(actor, 'sms'))
  const confirm = (
    method: 'email' | 'sms',
    {
      actor,
      body,
      reply,
    }: { actor: Actor; body: { challenge_id: string; code: string }; reply: FastifyReply },
  ) => {
    const given = { challengeId: body.challenge_id, code: body.code, method }
    return confirmCodeFactor(deps, confirmation(actor, undefined), given, renewed(deps, actor, reply))
  }
  serve(scope, contract.confirmEmail, (call) => confirm('email', call))
  serve(scope, contract.confirmSms, (call) => confirm('sms', call))
}

const keepingRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const within = <T>(actor: Actor, act: (trx: Trx) => Promise<T>) => inAccount(deps.db, actor.accountId, act)
  const findOne = async (trx: Trx, { accountId, userId }: Actor, factorId: string) =>
    (await listFactors(trx, accountId, userId)).find((factor) => factor.id === factorId)

  serve(scope, contract.getOwnFactors, ({ actor }) =>
    within(actor, (trx) => describeOwnFactors(trx, deps, actor)),
  )
  serve(scope, contract.renameFactor, ({ actor, params, body }) =>
    within(actor, async (trx) => {
      await renameFactorRow(trx, actor.accountId, actor.userId, params.id, body.name)
      const factor = await findOne(trx, actor, params.id)
      if (!factor) throw notFound()
      return toView(factor)
    }),
  )
  serve(scope, contract.removeFactor, async ({ actor, params }) => {
    const { accountId, userId, where } = actor
    const removal = { accountId, userId, factorId: params.id, where, by: byActor(actor) }
    await within(actor, (trx) => removeOwnFactor(trx, deps, removal))
    return null
  })
  serve(scope, contract.preferFactor, ({ actor, body }) =>
    within(actor, async (trx) => {
      const factors = await listFactors(trx, actor.accountId, actor.userId)
      const held = factors.some((one) => one.type === body.method && one.state !== 'disabled')
      if (!held) throw conflict('method_not_offered')
      await setPreferred(trx, actor.accountId, actor.userId, body.method)
      return describeOwnFactors(trx, deps, actor)
    }),
  )
  serve(scope, contract.makeOwnRecoveryCodes, ({ actor }) =>
    within(actor, async (trx) => {
      const { accountId, userId } = actor
      await lockPersonRow(trx, accountId, userId)
      const factors = await listFactors(trx, accountId, userId)
      if (!factors.some((one) => one.state === 'active')) throw conflict('no_factor')
      const codes = await makeRecoveryCodes(trx, accountId, userId)
      await record(trx, deps, byActor(actor), {
        action: 'recovery_codes.created',
        object: { type: 'user', id: userId },
      })
      return { codes: [...codes] }
    }),
  )
}

/** Own second factors, `/me/factors`. */
export const factorRoutes = (scope: ServeScope): void => {
  bindingRoutes(scope)
  codeRoutes(scope)
  keepingRoutes(scope)
}
