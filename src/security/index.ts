export { noticeSuspendingKeys } from './api-keys/suspending.ts'
export { authenticateCaller } from './caller.ts'
export { makeRecoveryCodes } from './factors/index.ts'
export { bindTotp, offerTotp, stepOfOffer } from './factors/offer.ts'
export { type InvitedByOperator, inviteByOperator } from './invitations/by-operator.ts'
export { resetLimits, spendLimits } from './limits.ts'
export { consumeLink, linkLifeMs, linkRefused, makeLink, peekLink } from './links/index.ts'
export { endUnmetSessions } from './mfa/account.ts'
export { applySetting } from './mfa/setting.ts'
export {
  entryRules,
  exceptionHoursMax,
  giveCodes,
  openException,
  readSingleAddress,
  storeConfirmed,
  sweepNetworks,
} from './network/index.ts'
export { warmUpPasswords } from './passwords/hashing.ts'
export { findUser } from './queries.ts'
export { resetKinds, stillHolds } from './resets/kinds.ts'
export { approvalVisits } from './resets/visit.ts'
export { builtInNames } from './roles/built-in.ts'
export { findRights, listRights, type Rights } from './roles/grants.ts'
export { securityRoutes } from './routes.ts'
export { sealedSecurityColumns } from './sealed-columns.ts'
export { mayBeSignedIn } from './sessions/life.ts'
export { issueSession, resumeSession } from './sessions/session.ts'
export { ensureInstanceAccount, makeSetupLink } from './setup/link.ts'
export {
  type AfterSetup,
  addPerson,
  makeOwner,
  openAccount,
  type Provision,
  preparePerson,
} from './setup/people.ts'
export { type SeededGuard, type SeededRole, seedGuard, seedMfaPolicy, seedRoles } from './setup/seeding.ts'
export { cleanSignIns } from './sign-in/cleaning.ts'
export { provideStream } from './smtp-credentials/provision.ts'
export { type SmtpSignIn, verifySmtpCredential } from './smtp-credentials/verify.ts'
export { answerStranger } from './strangers/job.ts'
export { sweepStrangers } from './strangers/request.ts'
export { deletePerson } from './users/delete-person.ts'
export type { Handover } from './users/work.ts'
