import { campaignSource, testSource } from './campaigns/index.ts'
import { noteRefusals } from './inbound/index.ts'
import type { SenderParts } from './messages/index.ts'
import { resolveRoutes } from './providers/index.ts'

/** What the engine is given from above: what it may render, and who carries it. One line per seam. */
export const senderParts: SenderParts = {
  sources: { campaign: campaignSource, test: testSource },
  resolveRoutes,
  noteRefusals,
}
