export { resetLimits, spendLimits } from './limits.ts'
export { warmUpPasswords } from './passwords/hashing.ts'
export { securityRoutes } from './routes.ts'
export { authenticateSession } from './sessions/open.ts'
export {
  type AfterSetup,
  addPerson,
  makeOwner,
  openAccount,
  type Provision,
  preparePerson,
} from './setup/people.ts'
export { ensureInstanceAccount, makeSetupLink } from './setup/setup.ts'
