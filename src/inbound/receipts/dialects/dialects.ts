import type { ReceiptKind } from '../../../providers/index.ts'
import type { Dialect } from './dialect.ts'
import { mailgun } from './mailgun.ts'
import { postmark } from './postmark.ts'
import { sendgrid } from './sendgrid.ts'
import { ses } from './ses.ts'

/** One line per provider. */
export const dialects: Readonly<Record<ReceiptKind, Dialect>> = { ses, sendgrid, mailgun, postmark }

/** The dialect of a stored call; null when this version knows it no more. */
export const dialectOf = (name: string): Dialect | null =>
  name in dialects ? dialects[name as ReceiptKind] : null
