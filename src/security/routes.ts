import type { ServeScope } from '../http/serve.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { enrolmentRoutes } from './enrolments/routes.ts'
import { factorRoutes } from './factors/routes.ts'
import { mfaRoutes } from './mfa/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { AfterSetup, Provision } from './setup/people.ts'
import { setupRoutes } from './setup/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { smtpCredentialRoutes } from './smtp-credentials/routes.ts'
import { stepUpRoutes } from './step-up/routes.ts'

export const securityRoutes = (
  scope: ServeScope,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
): void => {
  setupRoutes(scope, provisions, afterSetup)
  signInRoutes(scope)
  enrolmentRoutes(scope)
  stepUpRoutes(scope)
  deviceRoutes(scope)
  sessionRoutes(scope)
  profileRoutes(scope)
  factorRoutes(scope)
  mfaRoutes(scope)
  apiKeyRoutes(scope)
  smtpCredentialRoutes(scope)
}
