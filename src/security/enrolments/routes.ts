import { type ServeScope, serve } from '../../http/serve.ts'
import {
  beginEnrolledFactor,
  confirmEnrolledFactor,
  proveEnrolment,
  resendEnrolmentProof,
} from './contract.ts'
import { beginEnrolled, confirmEnrolled } from './factor.ts'
import { prove, resendProof } from './proof.ts'

export const enrolmentRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, proveEnrolment, ({ params, body, request, reply }) =>
    prove(deps, params.id, body, { request, reply }),
  )
  serve(scope, resendEnrolmentProof, ({ params, body, request, reply }) =>
    resendProof(deps, params.id, body.via, { request, reply }),
  )
  serve(scope, beginEnrolledFactor, ({ params, body, request, reply }) =>
    beginEnrolled(deps, params.id, body.method, { request, reply }),
  )
  serve(scope, confirmEnrolledFactor, ({ params, body, request, reply }) =>
    confirmEnrolled(deps, params.id, body, { request, reply }),
  )
}
