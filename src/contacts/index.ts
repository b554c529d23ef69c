export { audienceContacts, isMemberOf } from './audience/queries.ts'
export {
  recordUnsubscribe,
  type Unsubscribe,
  type UnsubscribeScope,
  type UnsubscribeSource,
  undoUnsubscribe,
} from './consents/unsubscribe.ts'
export { contactsLeft } from './contact-limit.ts'
export { contactOperations } from './operations.ts'
export { parsePhone } from './phone.ts'
export { maskedContact } from './rendering/masked.ts'
export {
  type FieldDefaults,
  loadContactsForRendering,
  loadFieldDefaults,
  type RenderingContact,
} from './rendering/queries.ts'
export { contactRoutes } from './routes.ts'
export { type SendQuestion, sendDecision } from './send-decision/queries.ts'
export { addressHash, addressKey } from './suppressions/address.ts'
export { type BouncedAddress, suppressBounced } from './suppressions/bounced.ts'
export { liftBounced, liftBounceReasons } from './suppressions/queries.ts'
export type { Use, UsedInSource } from './used-in.ts'
