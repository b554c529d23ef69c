import { type ServeScope, serve } from '../../http/serve.ts'
import { createSmtpCredential, deleteSmtpCredential, listSmtpCredentials, listStreams } from './contract.ts'
import {
  addCredential,
  type CredentialWork,
  listCredentials,
  listStreamPage,
  removeCredential,
} from './credential.ts'

export const smtpCredentialRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<CredentialWork, 'actor' | 'now'>): CredentialWork => ({
    deps,
    actor,
    now,
  })
  serve(scope, listSmtpCredentials, (call) => listCredentials(work(call), call.query))
  serve(scope, createSmtpCredential, (call) => addCredential(work(call), call.body))
  serve(scope, deleteSmtpCredential, (call) => removeCredential(work(call), call.params.id))
  serve(scope, listStreams, (call) => listStreamPage(work(call), call.query))
}
