import type { FastifyRequest } from 'fastify'
import { whereOf } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import {
  browserBinding,
  cancelChallenge,
  type Dialogue,
  resendChallenge,
  switchMethod,
} from '../challenges/engine.ts'
import { clearCookie } from '../sessions/cookies.ts'
import { beginBreakGlass } from './break-glass.ts'
import {
  cancelSignIn,
  getPasskeyOptions,
  refuseSignIn,
  resendSignInCode,
  signIn,
  signInByBreakGlass,
  signInWithPasskey,
  switchSignInMethod,
  verifySignIn,
} from './contract.ts'
import { stopSignIns } from './not-me.ts'
import { requestPasskey, signInByPasskey } from './passkey.ts'
import { verifySecondStep } from './second-step.ts'
import { signInWithPassword } from './sign-in.ts'

const passkeyRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getPasskeyOptions, ({ request, reply }) => requestPasskey(deps, { request, reply }))
  serve(scope, signInWithPasskey, ({ body, request, reply }) =>
    signInByPasskey(deps, body, { request, reply }),
  )
}

const challengeRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const dialogueOf = (request: FastifyRequest, id: string, purposes: Dialogue['purposes']): Dialogue => ({
    id,
    binding: browserBinding(request, deps.config),
    purposes,
    where: whereOf(request),
  })
  serve(scope, verifySignIn, ({ params, body, request, reply }) => {
    const { trust_device: trustDevice = false, ...proof } = body
    return verifySecondStep(deps, { id: params.id, proof, trustDevice }, { request, reply })
  })
  serve(scope, resendSignInCode, async ({ params, request }) => {
    const dialogue = dialogueOf(request, params.id, ['sign_in', 'break_glass', 'enrol'])
    return { challenge: await resendChallenge(deps, 'browser', dialogue) }
  })
  serve(scope, switchSignInMethod, async ({ params, body, request }) => {
    const dialogue = dialogueOf(request, params.id, ['sign_in', 'break_glass'])
    return { challenge: await switchMethod(deps, 'browser', dialogue, body.method) }
  })
  serve(scope, cancelSignIn, async ({ params, request, reply }) => {
    await cancelChallenge(deps, params.id, browserBinding(request, deps.config))
    clearCookie(reply, deps.config, 'pre')
    return null
  })
}

export const signInRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, signIn, ({ body, request, reply }) => signInWithPassword(deps, body, { request, reply }))
  serve(scope, signInByBreakGlass, ({ body, request, reply }) =>
    beginBreakGlass(deps, body, { request, reply }),
  )
  serve(scope, refuseSignIn, async ({ body, request, reply }) => {
    await stopSignIns(deps, body.token, { request, reply })
    return null
  })
  challengeRoutes(scope)
  passkeyRoutes(scope)
}
