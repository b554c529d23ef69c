import type { ReplyOf } from '../../../../src/http/contract.ts'
import type { inspectSetup } from '../../../../src/security/setup/contract.ts'

/** What the server can offer to whoever holds the link. */
export type SetupOffer = ReplyOf<typeof inspectSetup>
