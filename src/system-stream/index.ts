export { deliverSystem, sweepSystemMessages } from './delivery/deliver.ts'
export { closeSystemRelay } from './delivery/submission.ts'
export type {
  Circumstances,
  CodeKind,
  Destination,
  Language,
  SystemKind,
  SystemMessage,
  SystemValues,
} from './kinds.ts'
export { linkPagePaths, notMePath } from './links.ts'
export { announceSystemSender } from './mail/announcement.ts'
export { systemMailboxRoutes } from './mailbox/routes.ts'
export { emptyOutbox, listOutbox } from './outbox/outbox.ts'
export { sealedSystemColumns } from './sealed-columns.ts'
export { guardSms, noteSmsVerified, resetSmsGuard } from './sms/guard.ts'
export { smsAccountDayDefault } from './sms/limits.ts'
export { checkPhone, defaultSmsCountries } from './sms/phone.ts'
export { circumstances, notify, notifyAdministrators, notifyHolders, sendSystem } from './stream.ts'
