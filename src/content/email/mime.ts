import type { Mailbox } from './mime/addresses.ts'
import { compileMime } from './mime/compose.ts'

export type MimeParts = {
  readonly from: Mailbox
  readonly to: Mailbox
  readonly replyTo: string | null
  readonly subject: string
  readonly html: string
  readonly text: string
  /** Written as given; names and values stay on one line each. */
  readonly headers: Readonly<Record<string, string>>
  /** Without angle brackets. */
  readonly messageId: string
  readonly date: Date
}

/** One whole message by itself; for many of one revision `compileMime` prepares what they share. */
export const composeMime = ({ from, replyTo, ...message }: MimeParts): Promise<Buffer> =>
  Promise.resolve(
    compileMime({ fromAddress: from.address, replyTo, headers: {}, signers: [] })({
      ...message,
      fromName: from.name,
    }),
  )
