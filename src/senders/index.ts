export { requireSenderAllowed } from './allowed.ts'
export { provideSender } from './provision.ts'
export { findDefaultSender, findSender, type SenderRow } from './queries.ts'
export { senderRoutes } from './routes.ts'
