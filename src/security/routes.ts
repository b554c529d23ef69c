import type { ServeScope } from '../http/serve.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { AfterSetup, Provision } from './setup/people.ts'
import { setupRoutes } from './setup/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { smtpCredentialRoutes } from './smtp-credentials/routes.ts'

export const securityRoutes = (
  scope: ServeScope,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
): void => {
  setupRoutes(scope, provisions, afterSetup)
  signInRoutes(scope)
  sessionRoutes(scope)
  profileRoutes(scope)
  apiKeyRoutes(scope)
  smtpCredentialRoutes(scope)
}
