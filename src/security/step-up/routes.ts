import type { Actor } from '../../http/actor.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { type Dialogue, resendChallenge, sessionBinding, switchMethod } from '../challenges/engine.ts'
import { resendStepUpCode, stepUp, switchStepUpMethod, verifyStepUp } from './contract.ts'
import { beginStepUp, verifyOwnStepUp } from './step-up.ts'

const dialogueOf = (actor: Actor, id: string): Dialogue => ({
  id,
  binding: sessionBinding(actor),
  purposes: ['step_up'],
  where: actor.where,
})

export const stepUpRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, stepUp, ({ actor, body, reply }) => beginStepUp(deps, actor, body, reply))
  serve(scope, verifyStepUp, ({ actor, params, body, reply }) =>
    verifyOwnStepUp(deps, actor, { id: params.id, proof: body }, reply),
  )
  serve(scope, resendStepUpCode, async ({ actor, params }) => ({
    challenge: await resendChallenge(deps, 'session', dialogueOf(actor, params.id)),
  }))
  serve(scope, switchStepUpMethod, async ({ actor, params, body }) => ({
    challenge: await switchMethod(deps, 'session', dialogueOf(actor, params.id), body.method),
  }))
}
