import { whereOf } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { resendChallenge, sessionBinding } from '../challenges/engine.ts'
import {
  changeOwnEmail,
  changeOwnPhone,
  confirmEmailChange,
  removeOwnPhone,
  resendOwnChallenge,
  undoEmailChange,
  verifyOwnPhone,
} from './contract.ts'
import { confirmEmail, undoEmail } from './email-change.ts'
import { askForEmail } from './email-request.ts'
import { askForPhone, provePhone, removePhone } from './phone-change.ts'

export const contactDataRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, changeOwnEmail, async ({ actor, body }) => {
    await askForEmail(deps, actor, body)
    return {}
  })
  serve(scope, confirmEmailChange, async ({ body, request }) => {
    await confirmEmail(deps, body.token, whereOf(request))
    return null
  })
  serve(scope, undoEmailChange, async ({ body, request }) => {
    await undoEmail(deps, body.token, whereOf(request))
    return null
  })
  serve(scope, changeOwnPhone, ({ actor, body }) => askForPhone(deps, actor, body))
  serve(scope, verifyOwnPhone, async ({ actor, body }) => {
    await provePhone(deps, actor, body)
    return null
  })
  serve(scope, resendOwnChallenge, async ({ actor, params }) => ({
    challenge: await resendChallenge(deps, 'session', {
      id: params.id,
      binding: sessionBinding(actor),
      purposes: ['phone_change', 'enrol'],
      where: actor.where,
    }),
  }))
  serve(scope, removeOwnPhone, async ({ actor }) => {
    await removePhone(deps, actor)
    return null
  })
}
