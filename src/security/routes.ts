import type { ServeScope } from '../http/serve.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { contactDataRoutes } from './contact-data/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { enrolmentRoutes } from './enrolments/routes.ts'
import { factorRoutes } from './factors/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { mfaRoutes } from './mfa/routes.ts'
import { networkRoutes } from './network/routes.ts'
import { passwordResetRoutes } from './password-reset/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { resetRoutes } from './resets/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { AfterSetup, Provision } from './setup/people.ts'
import { setupRoutes } from './setup/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { signUpRoutes } from './sign-up/routes.ts'
import { smtpCredentialRoutes } from './smtp-credentials/routes.ts'
import { stepUpRoutes } from './step-up/routes.ts'
import { userRoutes } from './users/routes.ts'
import type { Handover } from './users/work.ts'

export const securityRoutes = (
  scope: ServeScope,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
  handovers: readonly Handover[],
): void => {
  setupRoutes(scope, provisions, afterSetup)
  signInRoutes(scope)
  enrolmentRoutes(scope)
  stepUpRoutes(scope)
  deviceRoutes(scope)
  sessionRoutes(scope)
  profileRoutes(scope)
  contactDataRoutes(scope)
  passwordResetRoutes(scope)
  signUpRoutes(scope)
  invitationRoutes(scope)
  userRoutes(scope, handovers)
  roleRoutes(scope)
  factorRoutes(scope)
  mfaRoutes(scope)
  resetRoutes(scope)
  networkRoutes(scope)
  apiKeyRoutes(scope)
  smtpCredentialRoutes(scope)
}
