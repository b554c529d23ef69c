import type { Deps } from '../http/deps.ts'

/** One mail to one address of ours, as it arrived. */
export type ReturnMail = {
  /** Empty for reports (RFC 5321 §4.5.5). */
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly raw: Buffer
  /** Where the built-in mailbox answers a message without return path: whose message it was. */
  readonly about?: { readonly accountId: string; readonly messageId: string }
}

/** Stored before it is answered; false when no address of ours was meant. */
export const receiveReturnMail = async (_deps: Deps, _mail: ReturnMail): Promise<boolean> => false
