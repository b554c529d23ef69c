export { noticeSuspendingKeys } from './api-keys/suspending.ts'
export { authenticateCaller } from './caller.ts'
export { resetLimits, spendLimits } from './limits.ts'
export { warmUpPasswords } from './passwords/hashing.ts'
export { securityRoutes } from './routes.ts'
export {
  type AfterSetup,
  addPerson,
  makeOwner,
  openAccount,
  type Provision,
  preparePerson,
} from './setup/people.ts'
export { ensureInstanceAccount, makeSetupLink } from './setup/setup.ts'
export { provideStream } from './smtp-credentials/provision.ts'
export { type SmtpSignIn, verifySmtpCredential } from './smtp-credentials/verify.ts'
